"""The workbook: every field is what it is, and no text becomes a formula or a link."""

import dataclasses
import html
import io
import re
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.cell import Cell as Field
from openpyxl.worksheet.worksheet import Worksheet

from reports.display.section import Cell, Head, Line, Report, Section, Table
from reports.forms.plain import one_line
from reports.forms.workbook import workbook
from reports.language.speaking import speaking
from tests.reports.handmade import BOARD_HEADS, HOSTILE, REPRODUCE, board, of_choice, report


def opened(made: Report) -> openpyxl.Workbook:
    """As a spreadsheet reads it, rich text and formulas included."""
    return openpyxl.load_workbook(io.BytesIO(workbook(made)), rich_text=True)


def fields(book: openpyxl.Workbook) -> list[Field]:
    return [field for sheet in book.worksheets for row in sheet.iter_rows() for field in row]


def column(sheet: Worksheet, head: str) -> list[Field]:
    """The fields below a head."""
    place = [field.value for field in sheet[1]].index(head)
    return [row[place] for row in sheet.iter_rows(min_row=2)]


def one(cell: Cell, unit: str = "") -> Field:
    """The field that a cell becomes."""
    table = Table("t", "T", Head("Name"), (Head("Number", unit),), (Line("a", (cell,)),))
    return opened(report(table))["T"]["B2"]


def test_fields_are_numbers_dates_and_text_as_the_report_prints_them() -> None:
    sheet = opened(report(board()))["Scoreboard"]
    share, cost = column(sheet, "Stockouts by order (%)")[0], column(sheet, "Holding cost (thousand USD)")[0]
    days, ordered = column(sheet, "Cover (days)")[0], column(sheet, "Ordered")[0]
    assert (share.value, share.number_format) == (pytest.approx(0.1234), "0.0%")
    assert (cost.value, cost.number_format) == (1234.5678, "#,##0.0")
    assert (days.value, days.number_format) == (30.5, "+0.0;-0.0;0.0")
    assert (ordered.value, ordered.number_format) == (datetime(2026, 7, 1), "yyyy-mm-dd")
    assert column(sheet, "Policy (and what it sees)")[0].value == "base-stock:cover_days=30"
    assert column(sheet, "Policy: note")[0].value == "sees stock, sales"


def test_the_bounds_of_an_interval_are_numbers_and_other_small_print_is_text() -> None:
    sheet = opened(report(board()))["Scoreboard"]
    low, high = (column(sheet, f"Stockouts by order (%): {side}") for side in ("from", "to"))
    assert [field.value for field in (low[0], high[0])] == [pytest.approx(0.1101), pytest.approx(0.1359)]
    assert low[0].number_format == high[0].number_format == "0.0%"
    assert [field.value for field in (low[1], high[1])] == [None, None]
    heads = [field.value for field in sheet[1]]
    assert "Stockouts by order (%): note" not in heads
    assert column(sheet, "Holding cost (thousand USD): note")[0].value == "1,200.1–1,269.0; surely more"


def test_nothing_stands_where_nothing_is_known() -> None:
    assert column(opened(report(board()))["Scoreboard"], "Stockouts by order (%)")[1].value is None
    assert one(Cell("–", float("nan"))).value is None
    assert one(Cell("does not pay")).value == "does not pay"
    assert one(Cell("endless", float("inf"))).value == "endless"


@pytest.mark.parametrize(
    ("printed", "value", "unit", "kept", "format"),
    [
        ("1,234", 1233.6, "CNY", 1233.6, "#,##0"),
        ("-12", -12.4, "days", -12.4, "0"),
        ("12.30*", 12.3, "", 12.3, '0.00"*"'),
        ("45 %", 45.2, "", 0.452, "0%"),
        ("45%", 45.2, "", 0.452, "0%"),
        ("more than 99 %", 99.93, "", 0.9993, '"more than 99 %"'),
        ("1.2 million", 1_234_567.0, "", 1_234_567.0, "General"),
        ("10–20", 15.0, "days", 15.0, "General"),
        ("¥3.50", 3.5, "", 3.5, '"¥"0.00'),
    ],
)
def test_a_number_looks_as_it_was_printed_and_is_not_rounded(
    printed: str, value: float, unit: str, kept: float, format: str
) -> None:
    field = one(Cell(printed, value), unit)
    assert field.data_type == "n"
    assert (field.value, field.number_format) == (pytest.approx(kept, rel=1e-15), format)


def test_no_text_becomes_a_formula_or_a_link_and_none_is_lost() -> None:
    book = opened(report(board(HOSTILE), words=HOSTILE, title=HOSTILE[6]))
    assert {field.data_type for field in fields(book)} <= {"s", "n", "d"}
    assert not any(field.hyperlink for field in fields(book))
    names = [field.value for field in column(book["Scoreboard"], "Policy (and what it sees)")]
    for told, kept in zip(HOSTILE, names, strict=False):
        assert isinstance(kept, str)
        assert kept.rstrip() == one_line(told)[:32_767]
    for field in column(book["Scoreboard"], "Policy (and what it sees)")[: len(HOSTILE)]:
        assert field.quotePrefix == str(field.value).startswith(("=", "+", "-", "@"))


def test_control_marks_go_and_letters_stay() -> None:
    assert one_line("a\x00b\tc\r\nd\ud800e\u202ef") == "ab c  def"
    assert one_line("👨‍👩‍👧 مخزون 安全库存 ¼") == "👨‍👩‍👧 مخزون 安全库存 ¼"


def test_sheets_have_names_that_excel_takes() -> None:
    titles = ["a/b[c]:*?\\", "History", "x" * 40, "x" * 40, "X" * 40, "'quoted'", "Summary", "🔥" * 20, "???", ""]
    names = opened(report(*(board(title=title) for title in titles))).sheetnames
    assert len({name.casefold() for name in names}) == len(names) == len(titles) + 2
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert name.strip("'") == name
        assert name != "History"
    assert names[2:7] == ["a b c", "History 2", "x" * 31, "x" * 29 + " 2", "X" * 29 + " 3"]


def test_the_first_sheet_says_the_answer_and_how_to_play_it_again() -> None:
    sheet = opened(report(board(), words=("Order 400 lamps.",))).worksheets[0]
    text = [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None]
    for words in (
        "Black Friday",
        "Use base-stock.",
        "40 replications",
        "What to do now",
        "Order 400 lamps.",
        "Scoreboard",
    ):
        assert words in text
    assert set(REPRODUCE.values()) <= set(text)
    assert "Nothing here" not in text


def test_heads_stay_and_tell_what_they_mean() -> None:
    sheet = opened(report(board()))["Scoreboard"]
    assert sheet.freeze_panes == "B2"
    assert sheet["C1"].comment is not None
    assert sheet["C1"].comment.text == BOARD_HEADS[0].meaning
    assert sheet["D1"].comment is None


def test_the_notes_stand_below_the_table() -> None:
    sheet = opened(report(board()))["Scoreboard"]
    assert sheet.auto_filter.ref == "A1:I3"
    assert sheet["A5"].value == "Below each mean its interval."


def test_excel_draws_the_first_scores_of_the_board_itself() -> None:
    content = zipfile.ZipFile(io.BytesIO(workbook(report(board()))))
    charts = [content.read(name).decode() for name in content.namelist() if re.match(r"xl/charts/chart\d", name)]
    assert len(charts) == 2
    assert "<c:f>Scoreboard!$A$2:$A$3</c:f>" in charts[0]
    assert "<c:f>Scoreboard!$C$2:$C$3</c:f>" in charts[0]
    assert "<c:f>Scoreboard!$F$2:$F$3</c:f>" in charts[1]


def test_excel_draws_days_as_a_line() -> None:
    heads = (Head("Stock", "units"), Head("Cover", "days"), Head("Lost", "units"))
    lines = tuple(
        Line(f"{d} July", (Cell(f"{d}", d), Cell("1.0", 1.0), Cell("0", 0)), day=date(2026, 7, d)) for d in (1, 2, 3)
    )
    table = Table("days", "Days", Head("Day"), heads, lines)
    twice = dataclasses.replace(table, lines=(*lines, lines[0]))
    assert "Charts" not in opened(report(twice)).sheetnames
    assert opened(report(table))["Days"]["A3"].value == datetime(2026, 7, 2)
    content = zipfile.ZipFile(io.BytesIO(workbook(report(table))))
    charts = [content.read(name).decode() for name in content.namelist() if re.match(r"xl/charts/chart\d", name)]
    assert len(charts) == 1
    assert re.findall("<c:val>.*?<c:f>(.*?)</c:f>", charts[0]) == ["Days!$B$2:$B$4", "Days!$D$2:$D$4"]


def test_excel_draws_orders_as_columns_by_week_and_warehouse() -> None:
    heads = (Head("Warehouse"), Head("In futures", "%"), Head("Ordered", "units"), Head("Lands"))
    cells = (
        Cell("Leipzig", "Leipzig"),
        Cell("50", 50.0),
        Cell("400", 400, low=300, high=500),
        Cell("x", date(2026, 9, 1)),
    )
    lines = tuple(Line(f"{d} July", cells, day=date(2026, 7, d)) for d in (1, 8))
    content = zipfile.ZipFile(io.BytesIO(workbook(report(Table("orders", "Orders", Head("Week"), heads, lines)))))
    (chart,) = [content.read(name).decode() for name in content.namelist() if re.match(r"xl/charts/chart\d", name)]
    assert re.findall("<c:cat>.*?<c:f>(.*?)</c:f>", chart) == ["Orders!$A$2:$B$3"]
    assert re.findall("<c:val>.*?<c:f>(.*?)</c:f>", chart) == ["Orders!$D$2:$D$3"]


def test_the_ground_of_a_number_is_as_strong_as_the_report_says() -> None:
    cells = (
        Cell("9", 9.0, shade=0.0),
        Cell("1", 1.0, shade=0.5),
        Cell("1", 1.0, shade=1.0),
        Cell("1", 1.0, shade=1.0, marked="gauge"),
    )
    heads = tuple(Head(month, "days") for month in ("July", "August", "September", "October"))
    sheet = opened(report(Table("heatmap", "Heat", Head("SKU"), heads, (Line("a", cells),))))["Heat"]
    assert [field.fill.fgColor.rgb for field in sheet[2][1:]] == ["00000000", "FFF0D8A6", "FFE0B04C", "00000000"]


def test_a_sheet_has_the_lines_that_paper_leaves_out() -> None:
    table = dataclasses.replace(board(["a", "b", "c"]), most=2)
    names = column(opened(report(table))["Scoreboard"], "Policy (and what it sees)")
    assert [field.value for field in names[:3]] == ["a", "b", "c"]


@pytest.mark.parametrize("title", ["=1+1", "='Scoreboard'!$A$1", "Hurry!A1", "<a:t>&"])
def test_no_word_of_a_chart_is_taken_for_a_reference(title: str) -> None:
    table = dataclasses.replace(board(title=title), heads=(Head(title), *BOARD_HEADS[1:]))
    orders = Table("orders", title, Head("Week"), (Head("Units", title),), (Line("a", (Cell("1", 1),)),))
    content = zipfile.ZipFile(io.BytesIO(workbook(report(table, orders))))
    charts = [content.read(name).decode() for name in content.namelist() if re.match(r"xl/charts/chart\d", name)]
    assert len(charts) == 3
    for place, chart in enumerate(charts):
        shown = re.search("<c:title>.*?</c:title>", chart)
        assert shown is not None
        assert f"<c:f>Charts!$A${1 + 23 * place}</c:f>" in shown[0]
    assert f"<c:v>{html.escape(title, quote=False)}</c:v>" in charts[0]


def test_no_sheet_of_charts_without_a_chart() -> None:
    table = Table("plain", "Plain", Head("Name"), (Head("Word"),), (Line("a", (Cell("b"),)),))
    assert opened(report(table)).sheetnames == ["Summary", "Plain"]


def test_the_same_report_is_the_same_file() -> None:
    assert workbook(report(board())) == workbook(report(board()))


def test_an_empty_table_and_an_empty_report_are_sheets_too() -> None:
    empty = Table("none", "None", Head("Name"), (Head("Number"),), ())
    assert [field.value for field in opened(report(empty))["None"][1]] == ["Name", "Number"]
    assert opened(Report("", (), "", (), {})).sheetnames == ["Summary"]
    bare = Table("bare", "Bare", Head(""), (Head(""),), (Line("", (Cell(""),)),))
    assert {field.value for row in opened(report(bare))["Bare"].iter_rows() for field in row} == {None}


def test_a_line_without_cells_heads_those_below_it_and_short_lines_end_early() -> None:
    lines = (Line("Sea", ()), Line("ocean", (Cell("17.0", 17.0),)))
    table = Table("legs", "Legs", Head("Leg"), (Head("Mean", "days"), Head("P95", "days")), lines)
    sheet = opened(report(table))["Legs"]
    assert [[field.value for field in row] for row in sheet["A2:C3"]] == [["Sea", None, None], ["ocean", 17, None]]
    assert sheet["A2"].font.bold
    assert not sheet["A3"].font.bold


def test_a_thousand_lines_are_a_thousand_rows() -> None:
    sheet = opened(report(board([f"SKU-{i}" for i in range(1000)])))["Scoreboard"]
    assert [field.value for field in column(sheet, "Policy (and what it sees)")[:1000]] == [
        f"SKU-{i}" for i in range(1000)
    ]


def test_every_alternative_of_a_choice_has_its_sheet() -> None:
    made = of_choice(("first", (board(title="Stock"),)), ("second", (board(title="Stock"),)))
    assert opened(made).sheetnames == ["Summary", "Charts", "Stock first", "Stock second"]


def test_it_speaks_chinese() -> None:
    with speaking("zh"):
        made = Report("黑五", (), "用基准库存。", (Section("n", "评分", (board(["=安全库存"], "评分"),)),), REPRODUCE)
        book = opened(made)
    assert book.sheetnames == ["摘要", "图表", "评分"]
    assert column(book["评分"], "Holding cost（thousand USD）：说明")
    assert book["评分"]["A2"].value == "=安全库存"
