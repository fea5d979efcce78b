"""The map as a page without a server behind it, on the port that is named: all numbers are in the page."""

import json
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import vl_convert

from benchmarks.other_ways import CHOICES, LABEL, values, vega_lite

PAGE = """<!doctype html><meta charset="utf-8"><title>One map</title>
<label>{label} <select id="choice">{options}</select></label><div id="map"></div>
<script type="module">
import {{ vegaEmbed }} from './vega.js'
const all = {numbers}
const {{ view }} = await vegaEmbed('#map', {chart}, {{ actions: false }})
document.getElementById('choice').addEventListener('change', (event) => {{
  view.data('values', all[event.target.value]).runAsync()
}})
</script>"""


def written() -> str:
    """The page."""
    return PAGE.format(
        label=LABEL,
        options="".join(f"<option>{choice}</option>" for choice in CHOICES),
        numbers=json.dumps({choice: values(choice).to_dict("records") for choice in CHOICES}),
        chart=json.dumps(vega_lite()),
    )


def main(port: int) -> None:
    """Serve the page until the process is ended."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "index.html").write_text(written(), encoding="utf-8")
        bundle = vl_convert.javascript_bundle("export { vegaEmbed }")
        (Path(folder) / "vega.js").write_text(bundle, encoding="utf-8")
        ThreadingHTTPServer(
            ("localhost", port), partial(SimpleHTTPRequestHandler, directory=folder)
        ).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
