-- Tables of a document as wide as the page, each column by the longest text it holds.
function Table(tbl)
  local widths, total = {}, 0
  local rows = { table.unpack(tbl.head.rows) }
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do rows[#rows + 1] = row end
  end
  for column = 1, #tbl.colspecs do
    local longest = 14
    for _, row in ipairs(rows) do
      longest = math.max(longest, #pandoc.utils.stringify(row.cells[column].contents))
    end
    widths[column] = math.min(longest, 45)
    total = total + widths[column]
  end
  for column, spec in ipairs(tbl.colspecs) do
    tbl.colspecs[column] = { spec[1], widths[column] / total }
  end
  return tbl
end
