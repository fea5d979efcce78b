// The presenter's view of a meeting: shows what the meeting's screen (pages/components/meeting/meeting_keys.js) tells of
// itself, and sends it keys and buttons. Both are windows of one browser.

const MEETING = "beyond-boundaries:meeting"
const LETTERS_OFF = `${MEETING}:letters-off`
const PATIENCE = 3000 // milliseconds without an answer after which there is no meeting
const SENT = [
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "PageUp",
  "PageDown",
  "Escape",
  "Backspace",
  " ",
]

const id = location.hash.slice(1)
const began = `${MEETING}:${id}:began`
const channel = new BroadcastChannel(`${MEETING}:${id}`)
const find = (selector) => document.querySelector(selector)
let waiting

channel.onmessage = ({ data }) => {
  if (data.isClosed) return expect()
  clearTimeout(waiting)
  find(".gone").hidden = true
  find("main").hidden = false
  show(data)
}

for (const button of document.querySelectorAll("[data-do]")) {
  // the focus stays where it was, so that the space bar does not press the button again
  button.addEventListener("mousedown", (event) => event.preventDefault())
  button.addEventListener("click", () => ask({ action: button.dataset.do }))
}
window.addEventListener("keydown", press)

const letters = find(".letters")
letters.checked = localStorage.getItem(LETTERS_OFF) === null
letters.addEventListener("change", () =>
  letters.checked ? localStorage.removeItem(LETTERS_OFF) : localStorage.setItem(LETTERS_OFF, "yes"),
)

find(".anew").addEventListener("click", () => begin())
if (!sessionStorage.getItem(began)) begin()
setInterval(tick, 1000)
tick()
ask({})

function press(event) {
  const { key, shiftKey, target } = event
  if (event.ctrlKey || event.metaKey || event.altKey || key === "?") return
  const isSign = key.length === 1 && key !== " "
  if (isSign ? !letters.checked : !SENT.includes(key)) return
  // what a browser does with them itself
  if (key === " " && target.matches("button, input")) return
  if (["ArrowUp", "ArrowDown"].includes(key) && target.matches("[tabindex]")) return
  event.preventDefault()
  ask({ key, isShifted: shiftKey })
}

function ask(message) {
  channel.postMessage(message)
  expect()
}

function expect() {
  clearTimeout(waiting)
  waiting = setTimeout(() => {
    find(".gone").hidden = false
  }, PATIENCE)
}

function show({ now, next, tour, told, said, isComing, isBlank, isLost }) {
  find("main").ariaBusy = String(isComing)
  find("#headline").textContent = now.headline
  find(".about").textContent = now.about
  const states = [isLost && "The connection is lost.", isBlank && "The screen is blank.", said]
  find(".state").textContent = states.filter(Boolean).join(" ")
  find("[data-do=blank]").ariaPressed = String(isBlank)

  list(
    ".findings",
    told?.findings.filter((finding) => ![now.headline, ...now.remarks].includes(finding)) ?? [],
  )
  list(".remarks", now.remarks)
  list(".explained", told?.explained ?? [])
  list(".sources", now.sources)

  const isOfSame = next?.headline === now.headline
  find(".next").textContent = next
    ? isOfSame
      ? next.name
      : `${next.name}: ${next.headline}`
    : "This page has one."
  find(".place").textContent = placeIn(tour)
  list(".tour", told?.tour ?? [])
  find(".tour").children[tour.at ?? -1]?.setAttribute("aria-current", "step")
  find(".tour [aria-current]")?.scrollIntoView({ block: "nearest" })
  for (const name of ["tour-", "tour+"]) find(`[data-do="${name}"]`).disabled = tour.count === 0
}

// sentences as a list below their heading, which is there when they are
function list(selector, sentences) {
  const shown = find(selector)
  shown.replaceChildren(
    ...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })),
  )
  shown.hidden = sentences.length === 0
  if (shown.previousElementSibling.matches("h2")) shown.previousElementSibling.hidden = shown.hidden
}

function placeIn({ at, count }) {
  if (count === 0) return "None is prepared: views are added to one behind “Meeting” on their pages."
  return at === null ? `${count} views, of which the first is next.` : `View ${at + 1} of ${count}`
}

function begin() {
  sessionStorage.setItem(began, Date.now())
  tick()
}

function tick() {
  const seconds = Math.floor((Date.now() - sessionStorage.getItem(began)) / 1000)
  const two = (number) => String(number).padStart(2, "0")
  find(".elapsed").textContent = `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
  find(".clock .now").textContent = new Date().toLocaleTimeString("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
  })
}
