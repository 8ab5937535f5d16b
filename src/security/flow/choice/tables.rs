//! Tables of functions: `HANDLERS = {"a": show}`, and those that decorators of the file fill.

use memchr::memmem;
use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::TextRange;
use rustc_hash::FxHashMap;

use super::Map;
use crate::security::python::Model;
use crate::security::python::mentions::{Brings, last_part};

impl<'a> Map<'a> {
    /// Whoever looks a function up in a table may call any that is in it.
    pub(super) fn look_at_tables(&mut self, text: &str, model: &Model<'a>) {
        if !self.regions.iter().any(|region| region.brings.meets(Brings::WORLD | Brings::REQUEST)) {
            return;
        }
        let tables = self.tables(text, model);
        for (name, functions) in tables {
            let finder = memmem::Finder::new(name.as_bytes());
            for region in self.regions.iter_mut().skip(1).filter(|region| region.brings.meets(Brings::WORLD)) {
                let body = text.get(region.range.start().into()..region.range.end().into()).unwrap_or("").as_bytes();
                if finder.find_iter(body).any(|at| is_alone(body, at, name.len())) {
                    region.table.extend(&functions);
                    region.looks_up = true;
                }
            }
        }
    }

    /// The tables of the module by their names, with the functions in them.
    fn tables(&self, text: &str, model: &Model<'a>) -> FxHashMap<&'a str, Vec<u32>> {
        let mut free: FxHashMap<&str, u32> = FxHashMap::default();
        for (index, region) in self.regions.iter().enumerate().skip(1).filter(|(_, region)| region.class.is_none()) {
            free.insert(region.name, u32::try_from(index).unwrap_or(0));
        }
        let mut tables: FxHashMap<&'a str, Vec<u32>> = FxHashMap::default();
        let mut empty: Vec<&'a str> = Vec::new();
        for binding in model.bindings.iter().filter(|binding| binding.scope == Model::MODULE) {
            let Some(Expr::Dict(dict)) = binding.kind.value() else { continue };
            let names = dict.items.iter().filter_map(|item| item.value.as_name_expr());
            let functions: Vec<u32> = names.filter_map(|name| free.get(name.id.as_str()).copied()).collect();
            match functions.is_empty() {
                false => drop(tables.insert(binding.name, functions)),
                true if dict.items.is_empty() => empty.push(binding.name),
                true => {}
            }
        }
        for (index, region) in self.regions.iter().enumerate().skip(1) {
            let decorators = region.function.map_or(&[][..], |function| &function.decorator_list);
            for decorator in decorators {
                let Some(range) = self.decorator(&decorator.expression, &free) else { continue };
                let body = text.get(range.start().into()..range.end().into()).unwrap_or("");
                for table in empty.iter().filter(|table| body.contains(&format!("{table}["))) {
                    tables.entry(table).or_default().extend(u32::try_from(index).ok());
                }
            }
        }
        tables
    }

    /// The place of the function that a decorator is, when it is one of the file.
    fn decorator(&self, decorator: &ast::Expr, free: &FxHashMap<&str, u32>) -> Option<TextRange> {
        let function = decorator.as_call_expr().map_or(decorator, |call| &call.func);
        function.as_name_expr()?;
        let index = free.get(last_part(function))?;
        self.regions.get(*index as usize).map(|region| region.range)
    }
}

/// Whether a name stands by itself in a text.
fn is_alone(text: &[u8], at: usize, length: usize) -> bool {
    let part = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    !part(at.checked_sub(1).and_then(|before| text.get(before))) && !part(text.get(at + length))
}
