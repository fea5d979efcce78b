"""Charts in a Word document that Word draws by itself, each with a workbook of its numbers to edit."""

import itertools
from typing import TYPE_CHECKING, cast

from pages.exports import office_charts, word_xml
from pages.exports.office_charts import BELOW_BARS, Place
from pages.exports.pack import Bars, Lines
from pages.exports.pictures import CM_PER_INCH

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from pptx.chart.chart import Chart
    from pptx.chart.data import ChartData, XyChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.parts.chart import ChartPart

# points of the letters, and of a bar; centimetres of the lowest chart, and of lines
LETTERS, BAR_HEIGHT = 9, 11.5
LOWEST, LINES_HEIGHT = 4.0, 7.0
# in which Word measures what is drawn
EMU_PER_CM = 360_000


def height(chart: Bars | Lines) -> float:
    """How high a chart is, in centimetres: bars as many as they are, under their unit."""
    if isinstance(chart, Lines):
        return LINES_HEIGHT
    inches = (len(chart.names) * BAR_HEIGHT / 72 + office_charts.above(LETTERS)) / (1 - BELOW_BARS)
    return max(LOWEST, inches * CM_PER_INCH)


def add(docx: "Docx", chart: Bars | Lines, room: float) -> str:
    """A run with a chart of this width in centimetres, whose parts are put into the document."""
    # what PowerPoint and Word draw is one and the same part of a file
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    drawn = _drawn(chart, room)
    own = cast("ChartPart", drawn.part)
    package = docx.part.package
    names = {part.partname for part in package.iter_parts()}
    number = next(n for n in itertools.count(1) if f"/word/charts/chart{n}.xml" not in names)
    book = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        own.chart_workbook.xlsx_part.blob,
        package,
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    (data,) = drawn._chartSpace.xpath("c:externalData")
    data.rId = part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    part._blob = own.blob
    related = docx.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    wide, high = (round(side * EMU_PER_CM) for side in (room, height(chart)))
    return word_xml.chart(related, docx.part.next_id, wide, high)


def _drawn(chart: Bars | Lines, room: float) -> "Chart":
    from pptx.package import Package
    from pptx.parts.chart import ChartPart

    parts: list[ChartPart] = []

    def put(kind: "XL_CHART_TYPE", data: "ChartData | XyChartData") -> "Chart":
        # of a package that is never written: the part itself goes into the document
        parts.append(ChartPart.new(kind, cast("ChartData", data), Package("")))
        return parts[0].chart

    place = Place(put, room / CM_PER_INCH, height(chart) / CM_PER_INCH, LETTERS)
    if isinstance(chart, Bars):
        office_charts.draw_bars(place, chart, office_charts.ends_of(chart))
    else:
        office_charts.draw_lines(place, chart)
    return parts[0].chart
