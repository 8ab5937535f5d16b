//! Tables for people: the one place that lays out columns.
//!
//! The width is always given to the table library, because a terminal that claims to be 0×0 would make it
//! print one letter a line. Narrow pages get `key: value` blocks. Cells that are identifiers (paths,
//! digests, names) are never split: a table that has no room for them becomes blocks as well.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Width};

use unicode_width::UnicodeWidthStr;

use super::{Page, in_one_line};

/// Below this many columns a table is written as blocks.
const NARROW: usize = 60;

/// The gap between two columns.
const GAP: usize = 2;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// A path, a name, a digest: never split.
    Identifier(&'static str),
    /// A number: to the right, never split.
    Number(&'static str),
    /// Prose, which may wrap.
    Text(&'static str),
}

impl Column {
    fn title(self) -> &'static str {
        match self {
            Self::Identifier(title) | Self::Number(title) | Self::Text(title) => title,
        }
    }
}

/// A table that is being filled.
#[derive(Debug, Clone)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table.
    pub fn new(columns: &[Column]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row; missing cells are empty, surplus ones are dropped.
    pub fn row<I, S>(&mut self, cells: I)
    where
        I: IntoIterator<Item = S>,
        S: Into<String>,
    {
        let mut row: Vec<String> = cells.into_iter().map(|cell| in_one_line(&cell.into()).into_owned()).collect();
        row.resize(self.columns.len(), String::new());
        self.rows.push(row);
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the table, or nothing when it is empty.
    pub fn write(&self, page: &mut Page) {
        if self.rows.is_empty() {
            return;
        }
        let room = page.width.saturating_sub(self.rigid_width() + GAP * self.columns.len().saturating_sub(1));
        let texts = self.columns.iter().filter(|column| matches!(column, Column::Text(_))).count();
        // Prose needs a dozen columns to be readable at all.
        if page.width < NARROW || room < texts * 12 {
            self.write_blocks(page);
        } else {
            self.write_columns(page);
        }
    }

    /// The columns that are not prose, at their full width.
    fn rigid_width(&self) -> usize {
        (0..self.columns.len())
            .filter(|index| !matches!(self.columns[*index], Column::Text(_)))
            .map(|index| self.natural_width(index))
            .sum()
    }

    fn natural_width(&self, index: usize) -> usize {
        let title = self.columns.get(index).map_or(0, |column| display_width(column.title()));
        self.rows.iter().filter_map(|row| row.get(index)).map(|cell| display_width(cell)).max().unwrap_or(0).max(title)
    }

    fn write_columns(&self, page: &mut Page) {
        let mut table = comfy_table::Table::new();
        table.load_preset(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(page.width).unwrap_or(u16::MAX));
        table.set_header(self.columns.iter().map(|column| column.title()));
        for row in &self.rows {
            table.add_row(row);
        }
        let last = self.columns.len().saturating_sub(1);
        for (index, column) in self.columns.iter().enumerate() {
            let width = u16::try_from(self.natural_width(index)).unwrap_or(u16::MAX);
            let Some(drawn) = table.column_mut(index) else { continue };
            let padding = if index == last { 0 } else { GAP as u16 };
            drawn.set_padding((0, padding));
            if !matches!(column, Column::Text(_)) {
                drawn.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width.saturating_add(padding))));
            }
            if matches!(column, Column::Number(_)) {
                drawn.set_cell_alignment(CellAlignment::Right);
            }
        }
        for line in table.lines() {
            page.line(line.trim_end());
        }
    }

    fn write_blocks(&self, page: &mut Page) {
        for (position, row) in self.rows.iter().enumerate() {
            if position > 0 {
                page.line("");
            }
            for (column, cell) in self.columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
                page.line(format!("{}: {cell}", column.title()));
            }
        }
    }
}

/// Columns that a text takes, counted as the table library counts them: otherwise it would split what it thinks
/// too wide.
fn display_width(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Table {
        let mut table = Table::new(&[Column::Identifier("path"), Column::Number("lines"), Column::Text("reason")]);
        table.row([
            "plugins/weather.py",
            "12",
            "reads a file whose name comes from the network, and runs what is in it",
        ]);
        table.row(["a.py", "3000", "short"]);
        table
    }

    fn at(width: usize) -> String {
        let mut page = Page::new(width, false, 0);
        sample().write(&mut page);
        page.text
    }

    #[test]
    fn identifiers_are_never_split() {
        for width in [0, 1, 20, 40, 59, 60, 61, 72, 100, 200] {
            let text = at(width);
            assert!(text.contains("plugins/weather.py"), "width {width}:\n{text}");
            assert!(text.contains("3000"), "width {width}:\n{text}");
        }
    }

    #[test]
    fn wide_characters_are_counted_as_wide() {
        let mut table = Table::new(&[Column::Identifier("path"), Column::Text("reason")]);
        table.row(["プラグイン/天気.py", "short"]);
        let mut page = Page::new(72, false, 0);
        table.write(&mut page);
        assert!(page.text.contains("プラグイン/天気.py"), "{}", page.text);
    }

    #[test]
    fn narrow_pages_get_blocks() {
        assert_eq!(at(59).lines().next(), Some("path: plugins/weather.py"));
    }

    #[test]
    fn wide_pages_get_columns_that_fit() {
        let text = at(72);
        assert!(text.lines().all(|line| line.chars().count() <= 72), "{text}");
        assert_eq!(text.lines().next(), Some("path                lines  reason"));
    }
}
