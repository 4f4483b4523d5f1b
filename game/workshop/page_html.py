"""Pages as HTML: one file without a script and without anything from elsewhere, for the screen and for A4 or Letter."""

from __future__ import annotations

from html import escape

from game.workshop.drawing import as_svg
from game.workshop.page import Block, Break, Bullets, Figure, Heading, Lines, Page, Para, Table

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 48rem; padding: 1.5rem; color: #1E2F40; background: #fff;
  font: 1rem/1.5 "Outfit", "Segoe UI", "Noto Sans", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .6rem; }
h2 { font-size: 1.35rem; margin: 1.8rem 0 .5rem; break-after: avoid; }
h3 { font-size: 1.08rem; margin: 1.2rem 0 .3rem; break-after: avoid; }
p { margin: 0 0 .7rem; }
.soft { color: #586673; font-size: .92rem; }
.speech { border-left: .25rem solid #2487AE; padding: .1rem 0 .1rem .8rem; }
.box { border: 1px solid #B79F72; background: #FBF6EA; border-radius: .5rem; padding: .6rem .8rem;
  margin: 0 0 .8rem; break-inside: avoid; }
.box p:last-child { margin: 0; }
ul { margin: 0 0 .8rem; padding-left: 1.3rem; }
ul.tick { list-style: none; padding-left: 0; }
ul.tick li::before { content: ""; display: inline-block; width: .8em; height: .8em; border: 1.5px solid #1E2F40;
  border-radius: .15em; margin-right: .6em; }
table { border-collapse: collapse; width: 100%; margin: .3rem 0 1rem; font-size: .95rem; }
th, td { border: 1px solid #B79F72; padding: .3rem .5rem; text-align: left; vertical-align: top; }
th { background: #FBF6EA; }
tr { break-inside: avoid; }
table.tall td { height: 2.3rem; }
figure { margin: .5rem auto 1rem; break-inside: avoid; }
figcaption { color: #586673; font-size: .92rem; }
svg { width: 100%; height: auto; display: block; }
.line { border-bottom: 1px solid #8B7748; height: 2.1rem; }
.sheet { break-before: page; }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } @page { margin: 16mm; } }
"""


def page_as_html(page: Page) -> str:
    """The page as one HTML document."""
    body = "\n".join(_block(block) for block in page.blocks)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(page.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(page.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Para(text, tone):
            parts = "</p><p>".join(escape(part) for part in text.split("\n\n"))
            return f'<div class="{tone}"><p>{parts}</p></div>'
        case Bullets(items, tick):
            listed = "".join(f"<li>{escape(item)}</li>" for item in items)
            return f"<ul{' class=tick' if tick else ''}>{listed}</ul>"
        case Table():
            return _table(block)
        case Figure(drawing, caption, share):
            told = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
            return f'<figure style="width:{100 * share:.0f}%">{as_svg(drawing)}{told}</figure>'
        case Lines(count):
            return '<div class="line"></div>' * count
        case Break():
            return '<div class="sheet"></div>'


def _table(table: Table) -> str:
    total = sum(table.shares) or 1.0
    widths = "".join(f'<col style="width:{100 * share / total:.1f}%">' for share in table.shares)
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    kind = ' class="tall"' if table.tall else ""
    return f"<table{kind}><colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
