"""The map by Dash and Plotly, on the port that is named; only the colours travel with a choice."""

import sys

import plotly.express as px
from dash import Dash, Input, Output, Patch, dcc, html

from benchmarks.other_ways import CHOICES, LABEL, PLOTLY, shapes, values

app = Dash(__name__, serve_locally=True)
start = px.choropleth_map(values(CHOICES[0]), geojson=shapes(), **PLOTLY)
app.layout = html.Div(
    [
        html.Label([LABEL, dcc.RadioItems(CHOICES, CHOICES[0], id="choice", inline=True)]),
        dcc.Graph(figure=start, id="map"),
    ]
)


@app.callback(Output("map", "figure"), Input("choice", "value"), prevent_initial_call=True)
def redrawn(choice: str) -> Patch:
    """The new numbers in the picture that the browser has."""
    patch = Patch()
    patch["data"][0]["z"] = values(choice)["value"].tolist()
    return patch


if __name__ == "__main__":
    app.run(port=int(sys.argv[1]))
