const sorts = new WeakMap()

const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b))

export default function draw(component) {
  const { data, parentElement, setTriggerValue } = component
  const root = parentElement.querySelector(".scroll")
  const sort = sorts.get(parentElement) ?? { column: null, descending: false }
  sorts.set(parentElement, sort)

  const { columns, rows, wholes } = JSON.parse(data.contents)
  if (sort.column !== null && sort.column < columns.length) {
    const missing = (row) => row.keys[sort.column] === null
    rows.sort((a, b) => {
      if (missing(a) || missing(b)) return missing(a) - missing(b)
      const order = compare(a.keys[sort.column], b.keys[sort.column])
      return sort.descending ? -order : order
    })
  }

  const element = (tag, text, className) => {
    const made = document.createElement(tag)
    if (text !== undefined) made.textContent = text
    if (className) made.className = className
    return made
  }
  const active = parentElement.activeElement ?? root.getRootNode().activeElement
  const focused = active?.dataset?.focus

  const table = element("table", undefined, columns.length > 10 ? "many" : "")
  table.append(element("caption", data.caption))
  const header = table.createTHead().insertRow()
  columns.forEach((column, index) => {
    const cell = element("th", undefined, column.number ? "number" : "")
    cell.scope = "col"
    const sorted = sort.column === index
    cell.setAttribute("aria-sort", sorted ? (sort.descending ? "descending" : "ascending") : "none")
    const arrow = sorted ? (sort.descending ? " \u25BC" : " \u25B2") : ""
    const button = element("button", column.title + arrow)
    button.type = "button"
    button.dataset.focus = `column${index}`
    button.onclick = () => {
      sort.descending = sorted ? !sort.descending : column.number
      sort.column = index
      draw(component)
    }
    cell.append(button)
    header.append(cell)
  })

  const addRow = (section, row, whole) => {
    const line = section.insertRow()
    line.className = [row.name === data.chosen ? "chosen" : "", whole ? "whole" : ""].join(" ")
    row.cells.forEach((text, index) => {
      const isLast = index === row.cells.length - 1
      const column = columns[isLast ? columns.length - 1 : index]
      const cell = element(index === 0 ? "th" : "td", undefined, column.number ? "number" : "")
      if (index === 0) cell.scope = "row"
      if (row.tints?.[index]) cell.classList.add(row.tints[index])
      // the last cell of a shorter row has the rest of its width
      if (isLast) cell.colSpan = columns.length - index
      if (text.length > 40 && cell.colSpan === 1) cell.classList.add("long")
      if (index === 0 && !whole) {
        const button = element("button", text)
        button.type = "button"
        button.dataset.focus = `row${row.name}`
        button.setAttribute("aria-pressed", row.name === data.chosen)
        button.onclick = () => setTriggerValue("borough", row.name === data.chosen ? "" : row.name)
        cell.append(button)
      } else {
        cell.textContent = text
      }
      if (text.endsWith(data.mark)) {
        // a screen reader may be silent about a dagger
        const sign = element("span", data.mark)
        sign.setAttribute("aria-hidden", true)
        cell.textContent = text.slice(0, -data.mark.length)
        cell.append(sign, element("span", data.aloud, "aloud"))
      }
      line.append(cell)
    })
  }
  const body = table.createTBody()
  for (const row of rows) addRow(body, row, false)
  const foot = table.createTFoot()
  for (const row of wholes) addRow(foot, row, true)

  root.replaceChildren(table)
  if (focused) root.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus()
}
