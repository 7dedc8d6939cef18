"""Judge the tables of a page or a notebook."""

ROWS, COLUMNS = 5, 4
FORM = "Take to work"  # the section of the filled work document, which looks like a form


def problems(tables, page=True):
    """Sentences, each naming a table that is too large, has a gap or is left without a sentence.

    Parameters
    ----------
    tables : iterable of Table
    page : bool
        Whether they stand on a page; larger ones may stand in a lab. The filled work document,
        in its section of a page, may be longer, needs no head and no sentence.

    Yields
    ------
    str
    """
    for table in tables:
        form = page and table.section == FORM
        head, *body = table.rows
        if page and not form and len(body) > ROWS:
            yield f"{_named(table)} has {len(body)} rows, at most {ROWS}; move some to the lab."
        if page and len(head) > COLUMNS:
            width = len(head)
            yield f"{_named(table)} has {width} columns, at most {COLUMNS}; move some to the lab."
        for number, row in enumerate(body if form else table.rows):
            empty = [place for place, cell in enumerate(row, 1) if not cell]
            if empty:
                where = f"row {number + form}" if number + form else "the head"
                yield (
                    f"{_named(table)} has an empty cell in {where}, column {empty[0]}; say what"
                    " stands there, or leave the row out."
                )
                break
        if not table.followed and not form:
            yield f"{_named(table)} has no sentence after it; say what to see in it."


def _named(table):
    cells = [cell for cell in table.rows[0] if cell]
    return f"{table.where}: the table “{' | '.join(cells)[:60]}”"
