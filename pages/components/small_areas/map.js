// The map of small areas. The outlines are fetched once, from an address that never changes what it gives; a choice
// sends only the group, the value and a note of each area.

const MOST_ZOOM = 40
const ZOOM_STEP = 1.6
const PAN = 60 // pixels that an arrow key moves the map by
const MARGIN = 6 // pixels around what is shown whole
const HIGHEST = 560 // pixels
const APART = 18 // pixels between the middles of two labels of two letters that do not touch
const FINE_FROM = 2.2 // the zoom from which each area has an edge of its own
const NO_GROUP = "-"
const OUTSIDE = -1
const NOBODY = -2
const STILL = 4 // pixels that a finger may move and still have tapped

const fetched = new Map()
const kept = new WeakMap()

/** A place in Mercator's projection of a world that is 10,000,000 wide by a turn, southwards. */
export function projected(longitude, latitude) {
  const turn = Math.PI / 180
  const unit = 1e7 / (2 * Math.PI)
  return [unit * longitude * turn, -unit * Math.log(Math.tan(Math.PI / 4 + (latitude * turn) / 2))]
}

/** The outlines as they are drawn: arcs of points, a box around each area, and the rings of each as points. */
export function unpacked(packed) {
  const [stepX, stepY] = packed.scale
  const [startX, startY] = packed.translate
  const origin = projected(startX, startY)
  const arcs = packed.arcs.map((steps) => {
    const points = new Float32Array(steps.length)
    let x = 0
    let y = 0
    for (let at = 0; at < steps.length; at += 2) {
      x += steps[at]
      y += steps[at + 1]
      const [east, south] = projected(startX + x * stepX, startY + y * stepY)
      points[at] = east - origin[0]
      points[at + 1] = south - origin[1]
    }
    return points
  })
  const boxes = packed.shapes.map((rings) => {
    const box = [Infinity, Infinity, -Infinity, -Infinity]
    for (const ring of rings)
      for (const arc of ring) {
        const points = arcs[arc < 0 ? ~arc : arc]
        for (let at = 0; at < points.length; at += 2) {
          box[0] = Math.min(box[0], points[at])
          box[1] = Math.min(box[1], points[at + 1])
          box[2] = Math.max(box[2], points[at])
          box[3] = Math.max(box[3], points[at + 1])
        }
      }
    return box
  })
  return { ...packed, arcs, boxes, origin }
}

/** Calls `each` with the points of a ring, one after the other; an arc ends where the next one begins. */
function along(arcs, ring, each) {
  for (const arc of ring) {
    const points = arcs[arc < 0 ? ~arc : arc]
    const last = points.length - 2
    for (let at = 0; at < last; at += 2) {
      const place = arc < 0 ? last - at : at
      each(points[place], points[place + 1])
    }
  }
}

/** The place of the area at a point; -1 where there is none. */
export function areaAt(shapes, x, y) {
  return shapes.shapes.findIndex((rings, area) => {
    const [west, north, east, south] = shapes.boxes[area]
    return x >= west && x <= east && y >= north && y <= south && isInside(shapes.arcs, rings, x, y)
  })
}

function isInside(arcs, rings, x, y) {
  let inside = false
  for (const ring of rings) {
    const points = []
    along(arcs, ring, (px, py) => points.push([px, py]))
    points.forEach(([px, py], at) => {
      const [qx, qy] = points[(at + 1) % points.length]
      if (py > y !== qy > y && x < ((qx - px) * (y - py)) / (qy - py) + px) inside = !inside
    })
  }
  return inside
}

/** A path around all areas of each group, one of those outside, and one of the edges of those inside. */
function paths(shapes, groups, isInside) {
  const byGroup = new Map()
  const mesh = new Set()
  shapes.shapes.forEach((rings, area) => {
    const group = isInside(shapes.authority[area]) ? groups[area] : "outside"
    if (!byGroup.has(group)) byGroup.set(group, new Path2D())
    const path = byGroup.get(group)
    for (const ring of rings) {
      let begun = false
      // a fill closes what is open; closing thousands of rings one by one takes longer than all else
      along(shapes.arcs, ring, (x, y) => {
        if (begun) path.lineTo(x, y)
        else path.moveTo(x, y)
        begun = true
      })
      if (group !== "outside") for (const arc of ring) mesh.add(arc < 0 ? ~arc : arc)
    }
  })
  return { byGroup, mesh: lines(shapes.arcs, mesh) }
}

function lines(arcs, places) {
  const path = new Path2D()
  for (const place of places) {
    const points = arcs[place]
    path.moveTo(points[0], points[1])
    for (let at = 2; at < points.length; at += 2) path.lineTo(points[at], points[at + 1])
  }
  return path
}

/** The edges of authorities, of ICSs and of the chosen authority: `systems` has the ICS of each authority. */
function borders(shapes, systems, isInside, chosen) {
  const kinds = { boroughs: [], systems: [], outside: [], chosen: [] }
  for (const [arc, one, other] of shapes.edges) {
    if (one === chosen || other === chosen) kinds.chosen.push(arc)
    if (!isInside(one) && (other === OUTSIDE || !isInside(other))) kinds.outside.push(arc)
    // the edge of London and the banks of the Thames are thin: beyond them there is nothing to tell apart
    else if (other !== OUTSIDE && systems[one] !== systems[other]) kinds.systems.push(arc)
    else kinds.boroughs.push(arc)
  }
  return Object.fromEntries(Object.entries(kinds).map(([kind, arcs]) => [kind, lines(shapes.arcs, arcs)]))
}

async function fetchedFrom(address) {
  if (!fetched.has(address)) {
    const asked = fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(`The outlines of the small areas did not come (${answer.status}).`)
      return answer.json()
    })
    fetched.set(address, asked.then(unpacked))
    asked.catch(() => fetched.delete(address))
  }
  return fetched.get(address)
}

export default function draw(component) {
  const { data, parentElement } = component
  const state = kept.get(parentElement) ?? { zoom: 1, at: null, marked: -1 }
  kept.set(parentElement, state)
  const find = (selector) => parentElement.querySelector(selector)
  const [map, canvas, tip, cross] = [".map", "canvas", ".tip", ".cross"].map(find)
  map.setAttribute("aria-label", data.label)
  find(".heading").textContent = data.heading
  find(".note").textContent = data.note
  find(".legend").replaceChildren(...data.legend.map(entry))

  state.listening?.abort()
  state.listening = new AbortController()
  const { signal } = state.listening
  fetchedFrom(data.shapes)
    .then((shapes) => {
      if (!signal.aborted) begin(shapes)
    })
    .catch((problem) => {
      const said = find(".problem")
      said.textContent = `${problem.message} Reload the page to draw the map; the tables below have every value.`
      said.hidden = false
    })
  return () => state.listening.abort()

  function entry({ text, counted, fill, hatched }) {
    const line = document.createElement("li")
    const below = document.createElement("span")
    below.textContent = counted
    line.append(text, below)
    line.style.setProperty("--fill", fill)
    line.style.setProperty("--hatch", data.look.hatch)
    if (hatched) line.className = "hatched"
    return line
  }

  function begin(shapes) {
    find(".problem").hidden = true
    const inside = new Set(data.inside)
    const isInside = (authority) => inside.has(authority)
    if (state.scope !== data.inside.join() || state.shapes !== shapes) {
      Object.assign(state, { zoom: 1, at: null, marked: -1, scope: data.inside.join(), shapes })
      state.bounds = bounds(shapes, isInside)
    }
    state.marked = -1
    const figures = JSON.parse(data.figures)
    figures.values = figures.values.split("\n")
    state.figures = figures
    state.paths = paths(shapes, figures.groups, isInside)
    const chosen = data.chosen ? shapes.authorities.indexOf(data.chosen) : NOBODY
    state.borders = borders(shapes, data.systems, isInside, chosen)
    hide()
    listen(shapes, isInside)
    // it tells the first size, too, which is painted already
    const resized = new ResizeObserver(() => {
      if (map.clientWidth !== state.width) redraw()
    })
    resized.observe(map)
    signal.addEventListener("abort", () => resized.disconnect())
    paint()
  }

  function bounds(shapes, isInside) {
    const all = [Infinity, Infinity, -Infinity, -Infinity]
    shapes.boxes.forEach((box, area) => {
      if (!isInside(shapes.authority[area])) return
      for (const side of [0, 1]) all[side] = Math.min(all[side], box[side])
      for (const side of [2, 3]) all[side] = Math.max(all[side], box[side])
    })
    return all
  }

  /** How many pixels a unit has, and the point of the world in the middle of the picture. */
  function view() {
    const [west, north, east, south] = state.bounds
    const whole = Math.min(
      (map.clientWidth - 2 * MARGIN) / (east - west),
      (map.clientHeight - 2 * MARGIN) / (south - north),
    )
    const [x, y] = state.at ?? [(west + east) / 2, (north + south) / 2]
    return { scale: whole * state.zoom, x, y }
  }

  function worldAt(left, top) {
    const { scale, x, y } = view()
    return [x + (left - map.clientWidth / 2) / scale, y + (top - map.clientHeight / 2) / scale]
  }

  function redraw() {
    cancelAnimationFrame(state.frame)
    state.frame = requestAnimationFrame(paint)
  }

  function paint() {
    const { shapes, bounds: box } = state
    const steepness = (box[3] - box[1]) / (box[2] - box[0])
    const width = map.clientWidth
    state.width = width
    if (!width) return
    const height = Math.min(Math.round(steepness * width), HIGHEST)
    if (map.style.height !== `${height}px`) map.style.height = `${height}px`
    const dense = window.devicePixelRatio || 1
    const [wide, high] = [Math.round(width * dense), Math.round(height * dense)]
    if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high })
    const { scale, x, y } = view()
    const pen = canvas.getContext("2d")
    pen.setTransform(1, 0, 0, 1, 0, 0)
    pen.clearRect(0, 0, wide, high)
    const perPixel = 1 / scale
    const place = () =>
      pen.setTransform(
        dense * scale,
        0,
        0,
        dense * scale,
        wide / 2 - dense * scale * x,
        high / 2 - dense * scale * y,
      )
    place()
    pen.lineJoin = "round"
    const stroke = (path, colour, pixels) => {
      pen.strokeStyle = colour
      pen.lineWidth = pixels * perPixel
      pen.stroke(path)
    }
    for (const [group, path] of state.paths.byGroup) {
      const fill = group === "outside" ? data.look.outside : (data.fills[group] ?? hatch(pen, dense * scale))
      pen.fillStyle = fill
      pen.fill(path, "evenodd")
    }
    if (state.zoom >= FINE_FROM) stroke(state.paths.mesh, data.look.casing, 0.7)
    stroke(state.borders.outside, data.look.edge, 1)
    stroke(state.borders.boroughs, data.look.casing, 2.6)
    stroke(state.borders.boroughs, data.look.ink, 1.1)
    for (const [colour, pixels] of data.look.footprint) stroke(state.borders.systems, colour, pixels * 0.8)
    const marked = state.marked < 0 ? [] : [around(shapes, state.marked)]
    for (const path of [state.borders.chosen, ...marked])
      for (const [colour, pixels] of data.look.chosen) stroke(path, colour, pixels * 0.8)
    pen.setTransform(dense, 0, 0, dense, 0, 0)
    name(pen, scale, x, y)
    map.style.touchAction = state.zoom > 1 ? "none" : "pan-y"
    // for whoever waits for a picture
    Object.assign(map.dataset, { drawn: data.drawn, zoom: state.zoom.toFixed(1) })
  }

  function hatch(pen, scale) {
    const tile = document.createElement("canvas")
    tile.width = tile.height = 8
    const drawn = tile.getContext("2d")
    drawn.fillStyle = data.look.missing
    drawn.fillRect(0, 0, 8, 8)
    drawn.strokeStyle = data.look.hatch
    drawn.stroke(new Path2D("M-2 2 2-2M0 8 8 0M6 10 10 6"))
    const pattern = pen.createPattern(tile, "repeat")
    pattern.setTransform(new DOMMatrix().scale(1 / scale))
    return pattern
  }

  function around(shapes, area) {
    return lines(
      shapes.arcs,
      shapes.shapes[area].flat().map((arc) => (arc < 0 ? ~arc : arc)),
    )
  }

  /** The names of the authorities that are shown, and where they have no room letters, which are explained. */
  function name(pen, scale, x, y) {
    const size = 12
    const coded = []
    const unit = 1e7 / (2 * Math.PI)
    pen.font = `600 ${size}px ${data.look.font}`
    pen.textAlign = "center"
    pen.textBaseline = "middle"
    pen.lineJoin = "round"
    for (const [longitude, latitude, reach, texts, authority, code, gap, awayX, awayY] of data.names) {
      if (!data.inside.includes(authority)) continue
      const half = Math.max(...texts.map((text) => pen.measureText(text).width)) / 2
      const hasRoom = reach * unit * scale >= half * 1.05
      const [east, south] = projected(longitude, latitude)
      const lack = Math.max(0, APART - gap * unit * scale) / 2
      const left = map.clientWidth / 2 + (east - state.shapes.origin[0] - x) * scale + awayX * lack
      const top = map.clientHeight / 2 + (south - state.shapes.origin[1] - y) * scale - awayY * lack
      const isSeen = left > 0 && left < map.clientWidth && top > 0 && top < map.clientHeight
      if (isSeen && !hasRoom) coded.push(`${code} ${texts.join(" ")}`)
      const said = hasRoom ? texts : [code]
      said.forEach((text, line) => {
        const at = top + (line - (said.length - 1) / 2) * size
        pen.strokeStyle = data.look.casing
        pen.lineWidth = 3
        pen.strokeText(text, left, at)
        pen.fillStyle = data.look.ink
        pen.fillText(text, left, at)
      })
    }
    explain(coded)
  }

  function explain(coded) {
    const key = find(".codes")
    const said = coded.length ? `On the map: ${coded.sort().join("; ")}.` : ""
    if (key.textContent !== said) key.textContent = said
    key.hidden = !said
  }

  function value({ values, words }, area) {
    const parts = values[area].split(" ")
    return words.replaceAll("{} m", () => length(parts.shift())).replaceAll("{}", () => parts.shift())
  }

  function length(metres) {
    return metres === NO_GROUP ? "none" : `${Number(metres).toLocaleString("en-GB")} m`
  }

  function said(area) {
    const { shapes, figures } = state
    const told =
      figures.groups[area] === NO_GROUP
        ? data.unknown
        : `${value(figures, area)} ${figures.notes[figures.note[area]]}`
    return [shapes.names[area], shapes.authorities[shapes.authority[area]], told]
  }

  function mark(area, left, top) {
    if (area < 0) return hide()
    if (state.marked !== area) {
      state.marked = area
      redraw()
    }
    tip.textContent = said(area).join("\n")
    tip.hidden = false
    const room = map.clientWidth - tip.offsetWidth - 4
    tip.style.left = `${Math.max(4, Math.min(left + 14, room))}px`
    const below = top + 16 + tip.offsetHeight < map.clientHeight
    tip.style.top = `${below ? top + 16 : Math.max(2, top - tip.offsetHeight - 12)}px`
  }

  function hide() {
    tip.hidden = true
    if (state.marked < 0) return
    state.marked = -1
    redraw()
  }

  function zoomBy(factor, left = map.clientWidth / 2, top = map.clientHeight / 2) {
    const before = worldAt(left, top)
    state.zoom = Math.max(1, Math.min(MOST_ZOOM, state.zoom * factor))
    if (state.zoom === 1) state.at = null
    else {
      const { scale } = view()
      moveTo(
        before[0] - (left - map.clientWidth / 2) / scale,
        before[1] - (top - map.clientHeight / 2) / scale,
      )
    }
    redraw()
  }

  /** Puts a point into the middle, but never one that is not of the map. */
  function moveTo(x, y) {
    const [west, north, east, south] = state.bounds
    state.at = [Math.max(west, Math.min(east, x)), Math.max(north, Math.min(south, y))]
  }

  function panBy(left, top) {
    if (state.zoom === 1) return
    const { scale, x, y } = view()
    moveTo(x + left / scale, y + top / scale)
    redraw()
  }

  function whole() {
    Object.assign(state, { zoom: 1, at: null })
    hide()
    redraw()
  }

  function listen(shapes, isInside) {
    const options = { signal }
    const reachable = (left, top) => {
      const area = areaAt(shapes, ...worldAt(left, top))
      return area >= 0 && isInside(shapes.authority[area]) ? area : -1
    }
    const acts = {
      // the buttons zoom to the area that was pointed at last, so that nobody has to drag the map
      in: () => towards(ZOOM_STEP),
      out: () => towards(1 / ZOOM_STEP),
      whole,
    }
    function towards(factor) {
      if (state.last && factor > 1) moveTo(...state.last)
      zoomBy(factor)
      tip.hidden = true
    }
    parentElement.querySelectorAll("[data-do]").forEach((button) => {
      button.addEventListener("click", () => acts[button.dataset.do](), options)
    })

    const pressed = new Map()
    let moved = 0
    const at = (event) => {
      const box = map.getBoundingClientRect()
      return [event.clientX - box.left, event.clientY - box.top]
    }
    map.addEventListener(
      "pointerdown",
      (event) => {
        pressed.set(event.pointerId, at(event))
        moved = 0
        state.byKeys = false
      },
      options,
    )
    map.addEventListener(
      "pointermove",
      (event) => {
        const now = at(event)
        const before = pressed.get(event.pointerId)
        if (!before) {
          if (event.pointerType === "mouse") mark(reachable(...now), ...now)
          return
        }
        moved += Math.hypot(now[0] - before[0], now[1] - before[1])
        if (pressed.size === 2) {
          const [other] = [...pressed].filter(([id]) => id !== event.pointerId).map(([, point]) => point)
          const apart = (point) => Math.hypot(point[0] - other[0], point[1] - other[1])
          zoomBy(apart(now) / Math.max(1, apart(before)), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2)
        } else if (moved > STILL && state.zoom > 1) {
          if (!map.hasPointerCapture(event.pointerId)) map.setPointerCapture(event.pointerId)
          panBy(before[0] - now[0], before[1] - now[1])
          tip.hidden = true
        }
        pressed.set(event.pointerId, now)
      },
      options,
    )
    map.addEventListener(
      "pointerup",
      (event) => {
        pressed.delete(event.pointerId)
        if (moved > STILL) return
        state.last = worldAt(...at(event))
        mark(reachable(...at(event)), ...at(event))
      },
      options,
    )
    map.addEventListener("pointercancel", (event) => pressed.delete(event.pointerId), options)
    map.addEventListener(
      "pointerleave",
      (event) => {
        if (event.pointerType === "mouse") {
          pressed.delete(event.pointerId)
          hide()
        }
      },
      options,
    )
    map.addEventListener(
      "wheel",
      (event) => {
        // the wheel alone scrolls the page, as everywhere; pinching on a touchpad comes with the key
        if (!event.ctrlKey) return
        event.preventDefault()
        zoomBy(Math.exp(-event.deltaY / 200), ...at(event))
      },
      { signal, passive: false },
    )

    const middle = () => [map.clientWidth / 2, map.clientHeight / 2]
    function read() {
      cross.hidden = false
      const area = reachable(...middle())
      mark(area, ...middle())
      find(".aloud").textContent = area < 0 ? data.nothing : said(area).join(", ")
    }
    const keys = {
      ArrowLeft: () => step(-PAN, 0),
      ArrowRight: () => step(PAN, 0),
      ArrowUp: () => step(0, -PAN),
      ArrowDown: () => step(0, PAN),
      "+": () => zoomBy(ZOOM_STEP),
      "=": () => zoomBy(ZOOM_STEP),
      "-": () => zoomBy(1 / ZOOM_STEP),
      0: whole,
    }
    function step(left, top) {
      // the whole map does not move: a first step goes nearer
      if (state.zoom === 1) zoomBy(ZOOM_STEP)
      panBy(left, top)
    }
    map.addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Escape") {
          tip.hidden = true
          return
        }
        const act = keys[event.key]
        if (!act || event.ctrlKey || event.metaKey || event.altKey) return
        event.preventDefault()
        // Streamlit has keys of its own
        event.stopPropagation()
        act()
        read()
      },
      options,
    )
    map.addEventListener("focus", () => map.matches(":focus-visible") && read(), options)
    map.addEventListener(
      "blur",
      () => {
        cross.hidden = true
        hide()
      },
      options,
    )
  }
}
