// The keys of a meeting. Every key gives one answer: at once, or by one question to the server. While a question
// is on its way, further keys only change what will be asked next, so that the last of them wins.
//
// A presenter's window (pages/addresses/presenter.js) is told what is on the screen, and sends keys and buttons back:
// over a channel within the browser, which goes on when the connection is lost. Its name is kept for this tab, so that it
// is found again after a reload, and no link leads another meeting to it.

const BLANK_AFTER = 600 // milliseconds that B waits for another letter
const SEARCH_ENDS = 2000 // milliseconds after which a letter begins a new search
const GIVE_UP = 4000 // milliseconds after which a question counts as lost
const ASK_AGAIN = 700 // milliseconds after a run without an answer
const MOST_TRIES = 3
const STEP = 240 // pixels by which an enlarged picture is moved
const LETTERS_OFF = "beyond-boundaries:meeting:letters-off"
const MEETING = "beyond-boundaries:meeting"
const OPENS = { help: "?", sources: "/" } // the key that opens a panel closes it as well

const kept = new WeakMap()

export default function draw(component) {
  const { data, parentElement } = component
  const first = !kept.has(parentElement)
  const state = kept.get(parentElement) ?? {
    wanted: null,
    sent: null,
    tries: 0,
    serial: 0,
    asked: 0,
    askedAt: 0,
    query: "",
    typedAt: 0,
    at: null,
    shown: data.view.meeting,
    zoom: 1,
    ...measured(),
  }
  kept.set(parentElement, state)
  state.component = component
  const find = (selector) => parentElement.querySelector(selector)
  const app = document.querySelector('[data-testid="stApp"]')

  // a serial of an earlier page of this session may be ahead of ours
  state.serial = Math.max(state.serial, data.answered)
  if (!unanswered()) state.tries = 0
  const settled = first || (!state.wanted && !unanswered())
  if (settled) {
    state.local = { ...data.view }
    state.at = data.at
    state.shown = data.view.meeting
    // a word that is said for a while outlives the picture that comes meanwhile
    if (state.saying) mark()
    else search(state.query)
  }
  show()
  state.listening?.abort()
  const listening = new AbortController()
  state.listening = listening
  const { signal } = listening
  // before Streamlit, which has keys of its own
  window.addEventListener("keydown", press, { capture: true, signal })
  window.addEventListener("resize", resized, { signal })
  window.addEventListener("scroll", mark, { capture: true, signal })
  parentElement.querySelectorAll("[data-do]").forEach((button) => {
    // the focus stays where it was, so that the space bar does not press the button again
    button.addEventListener("mousedown", (event) => event.preventDefault(), { signal })
    button.addEventListener("click", () => act(button.dataset.do), { signal })
  })
  const letters = find(".letters")
  letters.checked = areLettersKeys()
  letters.addEventListener(
    "change",
    () => (letters.checked ? localStorage.removeItem(LETTERS_OFF) : localStorage.setItem(LETTERS_OFF, "yes")),
    { signal },
  )
  find(".blank").addEventListener("click", () => blank(false), { signal })
  window.addEventListener("pagehide", part, { signal })
  join()
  const redraw = new MutationObserver(mark)
  redraw.observe(document.querySelector(".st-key-meeting_stage"), {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["d", "transform"],
  })
  const connection = new MutationObserver(watch)
  connection.observe(app, {
    attributes: true,
    attributeFilter: ["data-test-connection-state", "data-test-script-state"],
  })
  signal.addEventListener("abort", () => {
    redraw.disconnect()
    connection.disconnect()
  })
  watch()
  mark()
  return () => {
    listening.abort()
    // one that was drawn over meanwhile takes nothing away from what is there now
    if (state.listening !== listening) return
    part()
    state.channel?.close()
    state.channel = null
    delete document.documentElement.dataset.meetingShows
    delete document.documentElement.dataset.meetingZoomed
  }

  function press(event) {
    const focus = event.composedPath()[0]
    const typing = focus.matches?.(
      "input:not([type=button], [type=checkbox]), textarea, select, [contenteditable=true]",
    )
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return
    const answer = answerTo(event.key, event.shiftKey, focus.matches?.("button"))
    if (!answer) return
    event.preventDefault()
    event.stopImmediatePropagation()
    answer()
  }

  // what a key does; nothing where the browser has an answer of its own
  function answerTo(key, isShifted, isOnButton) {
    if (key.length === 1 && key !== " " && !areLettersKeys()) return
    const open = find("dialog[open]")
    if (open) return key === OPENS[open.className] ? () => open.close() : undefined
    if (!find(".blank").hidden) return () => blank(false)
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key]
    if (way && isShifted) return () => move(way)
    const action = {
      ArrowLeft: "ics-",
      ArrowRight: "ics+",
      ArrowUp: "indicator-",
      ArrowDown: "indicator+",
      "[": "period-",
      "]": "period+",
      PageUp: "tour-",
      PageDown: "tour+",
      " ": "shown",
      [OPENS.help]: "help",
      [OPENS.sources]: "sources",
      ".": "blank",
      Escape: "clear",
      Backspace: "shorten",
    }[key]
    if (key === " " && isOnButton) return
    if (action) return () => act(action)
    if (/^[a-z]$/i.test(key)) return () => type(key.toLowerCase())
  }

  // The stage fits the window, whatever the browser's zoom; so a change of the zoom, in which as many pixels of the
  // screen are fewer of the page, enlarges the stage beyond it.
  function resized() {
    const { ratio, pixels } = measured()
    if (ratio !== state.ratio && Math.abs(pixels - state.pixels) < 0.02 * pixels)
      state.zoom = Math.max(1, (state.zoom * ratio) / state.ratio)
    Object.assign(state, { ratio, pixels })
    const root = document.documentElement
    root.style.setProperty("--meeting-zoom", state.zoom)
    if (state.zoom > 1) root.dataset.meetingZoomed = "yes"
    else delete root.dataset.meetingZoomed
    mark()
  }

  function move([right, down]) {
    document.querySelector('[data-testid="stMain"]').scrollBy({ left: right * STEP, top: down * STEP })
  }

  function act(name) {
    const by = name.endsWith("-") ? -1 : 1
    const field = name.replace(/[+-]$/, "")
    if (["ics", "indicator", "period"].includes(field)) step(field, by)
    if (field === "tour") visit(by)
    if (field === "shown") turn()
    if (field in OPENS) find(`.${field}`).showModal()
    if (field === "blank") blank(find(".blank").hidden)
    if (field === "clear") search("")
    if (field === "shorten") search(state.query.slice(0, -1))
    if (field === "presenter") present()
    if (field === "leave") state.component.setTriggerValue("left", true)
  }

  function present() {
    if (!sessionStorage.getItem(MEETING)) {
      const numbers = [...crypto.getRandomValues(new Uint32Array(3))]
      sessionStorage.setItem(MEETING, numbers.map((number) => number.toString(36)).join(""))
    }
    join()
    const id = sessionStorage.getItem(MEETING)
    const opened = window.open(`${data.presenter}#${id}`, `presenter-${id}`, "popup,width=1180,height=760")
    if (!opened) say("The browser opened no window. Allow pop-ups for this page, and press again.", 6000)
  }

  function join() {
    const id = sessionStorage.getItem(MEETING)
    if (id && !state.channel) {
      state.channel = new BroadcastChannel(`${MEETING}:${id}`)
      state.channel.onmessage = (message) => hear(message.data)
    }
    askForNotes()
    tell()
  }

  function part() {
    state.channel?.postMessage({ isClosed: true })
  }

  // what the presenter's window asks for: an action, a key, or only how things are
  function hear({ action, key, isShifted }) {
    const open = find("dialog[open]")
    if (action || key === "Escape") open?.close()
    if (action) act(action)
    else if (key && !(open && key === "Escape")) answerTo(key, isShifted)?.()
    state.isPresented = true
    askForNotes()
    tell()
  }

  // the server makes notes only where somebody reads them
  function askForNotes() {
    if (state.isPresented && !state.component.data.told) state.component.setTriggerValue("presented", true)
  }

  function tell() {
    if (!state.channel) return
    const { screens, tour, told } = state.component.data
    const [now, next] = [screens[shown()], screens[(shown() + 1) % screens.length]]
    state.channel.postMessage({
      now,
      next: screens.length > 1 ? next : null,
      tour: { at: state.at, count: tour.length },
      told,
      said: find(".said").textContent,
      isComing: unanswered() || state.wanted !== null,
      isBlank: !find(".blank").hidden,
      isLost: state.lost,
    })
  }

  function step(field, by) {
    const { view, rounds } = state.component.data
    const round = rounds[field]
    if (!round.length) return say("Nothing on this page changes with that.", 2000)
    const isTime = field === "period"
    // the periods of an indicator that is on its way are not known yet
    if (isTime && state.local.indicator !== view.indicator) return
    const at = round.findIndex(([name]) => name === state.local[field]) + by
    if (isTime && !round[at]) return say(`This is the ${by > 0 ? "newest" : "oldest"} period.`, 2000)
    const [name, label] = round[(at + round.length) % round.length]
    state.local[field] = name
    say(label)
    want({ [field]: name })
  }

  function visit(by) {
    const { tour } = state.component.data
    if (!tour.length)
      return say("There is no tour. One is prepared behind “Meeting”, before the meeting.", 3000)
    const next = state.at === null ? (by > 0 ? 0 : tour.length - 1) : state.at + by
    if (next < 0) return say("This is the first view of the tour.", 2000)
    if (next >= tour.length) return say("This is the last view of the tour.", 2000)
    state.at = next
    state.local = { ...tour[next] }
    state.wanted = null
    say(`View ${next + 1} of ${tour.length}`)
    want({ tour: next })
  }

  function turn() {
    const { screens } = state.component.data
    if (screens.length < 2) return say("This page has one screen.", 2000)
    const next = screens[(shown() + 1) % screens.length].key
    state.shown = state.local.meeting = next
    show()
    want({ meeting: next })
  }

  // which screen of the page is seen, counted from 0: a page may have lost the one that was
  function shown() {
    const at = state.component.data.screens.findIndex(({ key }) => key === state.shown)
    return Math.max(at, 0)
  }

  function show() {
    const { data } = state.component
    const { screens } = data
    const at = shown()
    document.documentElement.dataset.meetingShows = at
    find(".shown").textContent = screens[(at + 1) % screens.length].name
    find(".shown").disabled = screens.length < 2
    for (const [field, round] of Object.entries(data.rounds))
      for (const button of parentElement.querySelectorAll(`[data-do^="${field}"]`))
        button.disabled = !round.length
    find(".tour").textContent = data.tour.length
      ? `Tour: ${state.at === null ? "" : `${state.at + 1} of `}${data.tour.length}`
      : ""
    const { remarks, sources } = screens[at]
    find(".sources ul").replaceChildren(
      ...[...remarks, ...sources].map((line) =>
        Object.assign(document.createElement("li"), { textContent: line }),
      ),
    )
    mark()
    tell()
  }

  function want(change) {
    state.wanted = { ...state.wanted, ...change }
    ask()
  }

  function ask() {
    const waiting = unanswered() && performance.now() - state.askedAt < GIVE_UP
    if (!state.wanted || waiting || state.lost) return
    state.asked = state.serial += 1
    state.askedAt = performance.now()
    state.sent = state.wanted
    state.wanted = null
    state.component.setTriggerValue("wanted", { ...state.sent, serial: state.asked })
  }

  function unanswered() {
    return state.asked > state.component.data.answered
  }

  // What got no answer is asked again, together with what was pressed since: it may have been lost with the
  // connection, and a server that has just started does not know these keys before it has drawn the page.
  function watch() {
    state.lost = app.dataset.testConnectionState !== "CONNECTED"
    find(".lost").hidden = !state.lost
    tell()
    clearTimeout(state.returning)
    if (unanswered() && state.tries < MOST_TRIES && app.dataset.testScriptState === "notRunning") {
      state.returning = setTimeout(() => {
        state.tries += 1
        state.wanted = { ...state.sent, ...state.wanted }
        state.asked = state.component.data.answered
        ask()
      }, ASK_AGAIN)
    }
    ask()
  }

  function blank(on) {
    find(".blank").hidden = !on
    tell()
  }

  function type(letter) {
    clearTimeout(state.blanking)
    const fresh = performance.now() - state.typedAt > SEARCH_ENDS
    state.typedAt = performance.now()
    const longer = fresh ? letter : state.query + letter
    search(found(longer).length || !found(letter).length ? longer : letter)
    if (state.query !== "b") return
    state.blanking = setTimeout(() => {
      search("")
      blank(true)
    }, BLANK_AFTER)
  }

  function search(query) {
    clearTimeout(state.blanking)
    state.query = query
    const matches = query ? found(query) : []
    const said =
      matches.length > 3
        ? `${matches.length} boroughs begin with “${query}”`
        : matches.map(({ name, said }) => `${name}: ${said}`).join("; ")
    say(query && query !== "b" ? said || `No borough begins with “${query}”` : "")
    mark()
  }

  function found(query) {
    const { boroughs } = state.component.data
    const begins = boroughs.filter(({ name }) => name.toLowerCase().startsWith(query))
    const inside = boroughs.filter(({ name }) => name.toLowerCase().includes(` ${query}`))
    return begins.length ? begins : inside
  }

  function say(text, milliseconds) {
    clearTimeout(state.saying)
    state.saying = null
    find(".said").textContent = text
    tell()
    if (milliseconds) state.saying = setTimeout(() => say(""), milliseconds)
  }

  // The marks are copies of the shapes, drawn above the charts: Vega's own drawing is left alone.
  function mark() {
    cancelAnimationFrame(state.frame)
    state.frame = requestAnimationFrame(() => {
      const stage = document.querySelector(".st-key-meeting_stage")
      // the meeting may have been left since this was asked for
      if (!stage) return
      const names = state.query && state.query !== "b" ? found(state.query).map(({ name }) => name) : []
      const charts = [...stage.querySelectorAll("[data-testid=stVegaLiteChart]")].filter((chart) =>
        chart.checkVisibility(),
      )
      const shapes = charts
        .flatMap((chart) => [...chart.querySelectorAll("path[aria-label]")])
        .filter((shape) => names.some((name) => shape.ariaLabel.startsWith(`${name},`)))
      const scale = stage.getBoundingClientRect().width / 1920
      find(".spotlight").replaceChildren(
        ...shapes.flatMap((shape) =>
          data.spotlight.map(([colour, width]) => {
            const copy = document.createElementNS("http://www.w3.org/2000/svg", "path")
            const { a, b, c, d, e, f } = shape.getScreenCTM()
            copy.setAttribute("d", shape.getAttribute("d"))
            copy.setAttribute("transform", `matrix(${[a, b, c, d, e, f]})`)
            copy.setAttribute("stroke", colour)
            copy.setAttribute("stroke-width", width * scale)
            copy.dataset.borough = shape.ariaLabel.split(",")[0]
            return copy
          }),
        ),
      )
    })
  }
}

function areLettersKeys() {
  return localStorage.getItem(LETTERS_OFF) === null
}

// Pixels of the screen for one of the page, and how many the window is wide.
function measured() {
  return { ratio: window.devicePixelRatio, pixels: window.innerWidth * window.devicePixelRatio }
}
