"""The map by Panel's Vega pane, on the port that is named."""

import sys

import panel

from benchmarks.other_ways import CHOICES, LABEL, values, vega_lite


def page() -> panel.Column:
    """A page of its own for each visitor."""
    choice = panel.widgets.Select(name=LABEL, options=CHOICES, width=300)

    def drawn(chosen: str) -> panel.pane.Vega:
        return panel.pane.Vega(vega_lite() | {"datasets": {"values": values(chosen).to_dict("records")}})

    return panel.Column(choice, panel.bind(drawn, choice))


if __name__ == "__main__":
    panel.extension("vega")
    panel.serve({"": page}, port=int(sys.argv[1]), show=False, threaded=False)
