;(() => {
  // ticks are counted instead of seconds: a lid that was closed is no failed connection
  const TICK_MS = 500
  const PATIENCE = 24
  const notice = document.querySelector("#unconnected")
  const isConnected = () => document.querySelector("[data-test-connection-state=CONNECTED]") !== null
  let ticks = 0

  const watch = setInterval(() => {
    ticks += 1
    if (isConnected()) {
      clearInterval(watch)
      notice.remove()
    } else if (ticks === PATIENCE) {
      // Streamlit's own empty page takes the whole window
      document.body.prepend(notice)
      notice.hidden = false
    }
  }, TICK_MS)
})()
