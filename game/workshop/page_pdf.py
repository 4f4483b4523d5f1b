"""Pages as PDF, with fpdf2 and the fonts that come with the game.

fpdf2 is in the extra ``workshop``.  Where it is missing the page can be printed to PDF from any browser.
"""

from __future__ import annotations

import math
from typing import Any

from game.house import assets
from game.workshop.drawing import Dot, Drawing, Label, Stroke
from game.workshop.line_breaks import broken
from game.workshop.page import Block, Break, Bullets, Figure, Heading, Lines, Page, Para, Table

MARGIN = 16.0
_POINT = 0.3528  # a point in millimetres
_SIZES = {1: 21.0, 2: 15.0, 3: 11.5}
_TEXT = 10.0
_SMALL_TABLE = 150.0  # millimetres; a higher one may go on on the next sheet
_CELL = 4.8  # the height of a line in a table, in millimetres
_WITHOUT_SPACES = ("zh", "ja")
_INK, _SOFT, _EDGE, _WATER = (30, 47, 64), (88, 102, 115), (183, 159, 114), (36, 135, 174)


class NoPdf(ImportError):
    """fpdf2 is not there."""


def page_as_pdf(page: Page) -> bytes:
    """The page as a PDF of A4 sheets.  Raises NoPdf."""
    try:
        from fpdf import FPDF
    except ImportError as error:
        raise NoPdf(str(error)) from error
    pdf = FPDF(format="A4")
    fonts = assets() / "fonts"
    pdf.add_font("text", "", str(fonts / "Outfit-500.ttf"))
    pdf.add_font("text", "B", str(fonts / "Outfit-600.ttf"))
    pdf.add_font("letters", "", str(fonts / "NotoSans-Subset.ttf"))
    pdf.add_font("signs", "", str(fonts / "NotoSansSC-Subset.otf"))
    pdf.set_fallback_fonts(["letters", "signs"], exact_match=False)
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(True, MARGIN)
    pdf.set_title(page.title)
    pdf.set_lang(page.language)
    pdf.add_page()
    sheets = _Sheets(pdf, page.language in _WITHOUT_SPACES)
    for block, following in zip(page.blocks, [*page.blocks[1:], None], strict=True):
        sheets.add(block, following)
    return bytes(pdf.output())


class _Sheets:
    """The sheets of a PDF being filled from top to bottom."""

    def __init__(self, pdf: Any, without_spaces: bool) -> None:
        self.pdf, self.without_spaces = pdf, without_spaces

    def add(self, block: Block, following: Block | None) -> None:
        match block:
            case Heading(text, level):
                self._heading(text, level, self._table_height(following) if isinstance(following, Table) else 0.0)
            case Para():
                self._paragraph(block)
            case Bullets(items, tick):
                self._bullets(items, tick)
            case Table():
                self._table(block)
            case Figure(drawing, caption, share):
                self._figure(drawing, caption, share)
            case Lines(count):
                self._lines(count)
            case Break():
                self.pdf.add_page()

    def _write(self, text: str, size: float, *, bold: bool = False, colour: tuple[int, int, int] = _INK) -> None:
        self.pdf.set_font("text", "B" if bold else "", size)
        self.pdf.set_text_color(*colour)
        text = self._broken(text, self.pdf.epw)
        self.pdf.multi_cell(0, size * _POINT * 1.4, text, align="L", new_x="LMARGIN", new_y="NEXT")

    def _broken(self, text: str, width: float) -> str:
        """The text with the breaks that fpdf2 does not know, in the font that is set."""
        if not self.without_spaces:
            return text
        # A little less than there is, so that nothing is broken a second time.
        return broken(text, width - 2 * self.pdf.c_margin - 0.5, self.pdf.get_string_width)

    def _room(self, height: float) -> None:
        """Begins a new sheet where less than ``height`` millimetres are left."""
        if self.pdf.get_y() + height > self.pdf.h - MARGIN:
            self.pdf.add_page()

    def _heading(self, text: str, level: int, table: float) -> None:
        """A heading, on the sheet of what follows: a small ``table`` of this height goes with it as a whole."""
        size = _SIZES[level]
        if self.pdf.get_y() > MARGIN + 1:
            self.pdf.ln({1: 0, 2: 5, 3: 2.5}[level])
        self._room(size * _POINT * 1.4 + (table + 4 if 32 < table < _SMALL_TABLE else 32))
        self._write(text, size, bold=True)
        self.pdf.ln({1: 2, 2: 1, 3: 0.5}[level])

    def _paragraph(self, block: Para) -> None:
        pdf, left = self.pdf, self.pdf.l_margin
        inset = 4.0 if block.tone in ("speech", "box") else 0.0
        size, colour = (9.0, _SOFT) if block.tone == "soft" else (_TEXT, _INK)
        pdf.set_font("text", "", size)
        wide = pdf.epw - 2 * inset
        told = self._broken(block.text, wide)
        lines = pdf.multi_cell(wide, size * _POINT * 1.4, told, align="L", dry_run=True, output="LINES")
        high = len(lines) * size * _POINT * 1.4
        if inset and high < 120:
            self._room(high + 6)
            pdf.set_draw_color(*(_WATER if block.tone == "speech" else _EDGE))
            pdf.set_line_width(0.9 if block.tone == "speech" else 0.3)
            top = pdf.get_y()
            if block.tone == "speech":
                pdf.line(left, top, left, top + high)
            else:
                pdf.set_fill_color(251, 246, 234)
                pdf.rect(left, top, pdf.epw, high + 4, style="DF", round_corners=True, corner_radius=2)
                pdf.set_y(top + 2)
        if inset:
            pdf.set_left_margin(left + inset)
            pdf.set_right_margin(MARGIN + inset)
            pdf.set_x(left + inset)
        self._write(block.text, size, colour=colour)
        pdf.set_left_margin(left)
        pdf.set_right_margin(MARGIN)
        pdf.set_x(left)
        pdf.ln(4.0 if block.tone == "box" else 1.8)

    def _bullets(self, items: Any, tick: bool) -> None:
        pdf, left = self.pdf, self.pdf.l_margin
        for item in items:
            self._room(8)
            x, y = left + 1.2, pdf.get_y() + 2.5
            pdf.set_draw_color(*_INK)
            pdf.set_fill_color(*_INK)
            pdf.set_line_width(0.3)
            if tick:
                pdf.rect(left, y - 1.6, 3.2, 3.2)
            else:
                pdf.circle(x, y, 0.6, style="F")
            pdf.set_left_margin(left + 5.5)
            pdf.set_x(left + 5.5)
            self._write(item, _TEXT)
            pdf.set_left_margin(left)
            pdf.set_x(left)
            pdf.ln(0.8)
        pdf.ln(1.5)

    def _table(self, block: Table) -> None:
        pdf = self.pdf
        pdf.set_font("text", "", 9.0)
        pdf.set_text_color(*_INK)
        pdf.set_draw_color(*_EDGE)
        pdf.set_line_width(0.25)
        pdf.set_fill_color(255, 255, 255)
        from fpdf.fonts import FontFace

        shares = self._shares(block)
        high = 10.0 if block.tall else _CELL
        style = FontFace(emphasis="BOLD", fill_color=(251, 246, 234))
        with pdf.table(
            col_widths=tuple(100 * share for share in shares),
            line_height=_CELL,
            text_align="LEFT",
            headings_style=style,
            padding=1.0,
        ) as table:
            for row in (block.head, *block.rows):
                cells = [self._broken(cell, w) or " " for cell, w in zip(row, self._cell_widths(shares), strict=True)]
                table.row(cells, min_height=high if block.tall and row is not block.head else None)
        pdf.ln(2.5)

    def _shares(self, block: Table) -> list[float]:
        """Of the width, what each column has; they add up to 1."""
        shares = list(block.shares) or [1.0] * len(block.head)
        return [share / sum(shares) for share in shares]

    def _cell_widths(self, shares: list[float]) -> list[float]:
        """The room for text in each column, in millimetres."""
        return [self.pdf.epw * share - 2.0 for share in shares]

    def _table_height(self, block: Table) -> float:
        """How high a table becomes, in millimetres, by how wide its texts are."""
        self.pdf.set_font("text", "", 9.0)
        widths, height = self._cell_widths(self._shares(block)), 0.0
        for row in (block.head, *block.rows):
            wide = (self.pdf.get_string_width(cell) / (w - 2.0) for cell, w in zip(row, widths, strict=True))
            lines = max(math.ceil(share) for share in wide) or 1
            height += max(lines * _CELL + 2, 10.0 if block.tall else 0.0)
        return height

    def _lines(self, count: int) -> None:
        pdf = self.pdf
        pdf.set_draw_color(*_EDGE)
        pdf.set_line_width(0.3)
        for _ in range(count):
            self._room(9)
            y = pdf.get_y() + 8
            pdf.line(pdf.l_margin, y, pdf.w - MARGIN, y)
            pdf.set_y(y)
        pdf.ln(3)

    def _figure(self, drawing: Drawing, caption: str, share: float) -> None:
        pdf = self.pdf
        wide = pdf.epw * share
        scale = wide / drawing.size[0]
        high = drawing.size[1] * scale
        self._room(high + (6 if caption else 0))
        left, top = pdf.l_margin + (pdf.epw - wide) / 2, pdf.get_y()
        x, y = left - drawing.origin[0] * scale, top - drawing.origin[1] * scale
        for item in drawing.items:
            self._draw(item, x, y, scale)
        pdf.set_dash_pattern()
        pdf.set_xy(pdf.l_margin, top + high + 1)
        if caption:
            self._write(caption, 9.0, colour=_SOFT)
        pdf.ln(2)

    def _draw(self, item: Stroke | Dot | Label, left: float, top: float, scale: float) -> None:
        pdf = self.pdf
        if isinstance(item, Stroke):
            pdf.set_draw_color(item.colour)
            pdf.set_line_width(item.width * scale)
            if item.dash:
                pdf.set_dash_pattern(item.dash[0] * scale, item.dash[1] * scale)
            else:
                pdf.set_dash_pattern()
            pdf.polyline([(left + x * scale, top + y * scale) for x, y in item.points])
        elif isinstance(item, Dot):
            pdf.set_dash_pattern()
            pdf.set_draw_color(item.edge)
            pdf.set_fill_color(item.fill)
            pdf.set_line_width(3 * scale)
            pdf.circle(left + item.x * scale, top + item.y * scale, item.radius * scale, style="DF")
        else:
            size = max(4.5, item.size * scale / _POINT)
            pdf.set_font("text", "B" if item.bold else "", size)
            pdf.set_text_color(item.colour)
            wide = pdf.get_string_width(item.text)
            x = left + item.x * scale - wide / 2
            x = min(max(x, 2.0), math.floor(pdf.w - wide - 2))
            if item.halo:
                # Paper under the letters, so that they can be read where a lane runs behind them.
                pdf.set_fill_color(255, 255, 255)
                high = size * _POINT
                pdf.rect(x - 0.4, top + item.y * scale - 0.82 * high, wide + 0.8, 1.05 * high, style="F")
            # A cell, and not a bare text, is written in the fonts that have its letters.
            high = size * _POINT
            pdf.set_xy(x, top + item.y * scale - 0.85 * high)
            pdf.c_margin, margin = 0.0, pdf.c_margin
            pdf.cell(wide, high, item.text)
            pdf.c_margin = margin
