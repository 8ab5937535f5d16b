//! The structure of a Rust file.

use std::str::FromStr;

use proc_macro2::TokenStream;
use syn::spanned::Spanned;
use syn::{Attribute, FnArg, ImplItem, Item, Lit, Meta, Pat, Signature, TraitItem, UseTree};

use super::{MAX_ITEMS, nesting, on_big_stack, shortened};
use crate::model::structure::{Class, Constant, Decorator, Function, Import, Structure, SyntaxProblem};

/// Brackets inside one another. Real code stays below fifty; the compiler's own default limit is 128.
const MAX_BRACKETS: usize = 256;

/// Characters in a row that are operators or spaces. Each operator of `----x` is one more level of the tree.
const MAX_OPERATOR_RUN: usize = 2_000;

/// Reads the structure of a Rust file, or why it could not be parsed.
pub fn of_rust(text: &str) -> Structure {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if nesting::brackets_exceed(text.as_bytes(), MAX_BRACKETS) || operator_run_exceeds(text) {
        let message = format!("nested deeper than {MAX_BRACKETS} levels; it was not parsed");
        return Structure {
            problems: vec![SyntaxProblem { message, line: 1, column: 1 }],
            truncated: true,
            ..Structure::default()
        };
    }
    on_big_stack(|| {
        // `syn::parse_file` takes off a shebang; the token stream would stumble over it.
        let body = match text.strip_prefix("#!") {
            Some(rest) if !rest.trim_start().starts_with('[') => text.find('\n').map_or("", |end| &text[end..]),
            _ => text,
        };
        let parsed = TokenStream::from_str(body).map_err(syn::Error::from).and_then(syn::parse2::<syn::File>);
        match parsed {
            Ok(file) => read(&file),
            Err(error) => {
                let start = error.span().start();
                let place = SyntaxProblem {
                    message: error.to_string(),
                    line: u32::try_from(start.line.max(1)).unwrap_or(u32::MAX),
                    column: u32::try_from(start.column + 1).unwrap_or(u32::MAX),
                };
                Structure { problems: vec![place], ..Structure::default() }
            }
        }
    })
}

fn operator_run_exceeds(text: &str) -> bool {
    let mut run = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'!' | b'-' | b'*' | b'&' | b'|' | b'<' | b'>' | b'+' | b'.' => run += 1,
            b' ' | b'\n' | b'\r' | b'\t' => {}
            _ => run = 0,
        }
        if run > MAX_OPERATOR_RUN {
            return true;
        }
    }
    false
}

fn read(file: &syn::File) -> Structure {
    let mut structure = Structure { docstring: documentation(&file.attrs), ..Structure::default() };
    for item in &file.items {
        read_item(item, &mut structure);
    }
    structure
}

fn read_item(item: &Item, structure: &mut Structure) {
    if structure.imports.len() + structure.functions.len() + structure.classes.len() > 2 * MAX_ITEMS {
        structure.truncated = true;
        return;
    }
    match item {
        Item::Use(import) => {
            let line = line_of(import);
            walk_use(&import.tree, &mut Vec::new(), line, &mut structure.imports);
        }
        Item::ExternCrate(import) => structure.imports.push(Import {
            module: import.ident.to_string(),
            line: line_of(import),
            ..Import::default()
        }),
        Item::Fn(function) => {
            let read = function_of(&function.sig, &function.attrs);
            structure.main_guard |= read.name == "main";
            structure.functions.push(read);
        }
        Item::Struct(node) => structure.classes.push(class(node.ident.to_string(), &node.attrs, line_of(&node.ident))),
        Item::Enum(node) => structure.classes.push(class(node.ident.to_string(), &node.attrs, line_of(&node.ident))),
        Item::Union(node) => structure.classes.push(class(node.ident.to_string(), &node.attrs, line_of(&node.ident))),
        Item::Trait(node) => {
            let mut read = class(node.ident.to_string(), &node.attrs, line_of(&node.ident));
            read.methods.extend(node.items.iter().take(MAX_ITEMS).filter_map(|item| match item {
                TraitItem::Fn(method) => Some(function_of(&method.sig, &method.attrs)),
                _ => None,
            }));
            structure.classes.push(read);
        }
        Item::Impl(node) => read_impl(node, structure),
        Item::Const(node) => structure.constants.push(Constant {
            name: node.ident.to_string(),
            value: literal(&node.expr),
            line: line_of(&node.ident),
            ..Constant::default()
        }),
        Item::Static(node) => structure.constants.push(Constant {
            name: node.ident.to_string(),
            value: literal(&node.expr),
            line: line_of(&node.ident),
            ..Constant::default()
        }),
        _ => {}
    }
}

fn read_impl(node: &syn::ItemImpl, structure: &mut Structure) {
    let syn::Type::Path(target) = &*node.self_ty else { return };
    let Some(name) = target.path.segments.last().map(|segment| segment.ident.to_string()) else { return };
    let index = structure.classes.iter().position(|class| class.name == name).unwrap_or_else(|| {
        structure.classes.push(class(name, &[], line_of(node)));
        structure.classes.len() - 1
    });
    let Some(class) = structure.classes.get_mut(index) else { return };
    if let Some((implemented, _)) = &node.trait_ {
        class.bases.push(path_text(implemented));
    }
    for item in node.items.iter().take(MAX_ITEMS) {
        if let ImplItem::Fn(method) = item {
            class.methods.push(function_of(&method.sig, &method.attrs));
        }
    }
}

fn class(name: String, attributes: &[Attribute], line: u32) -> Class {
    let mut class = Class { name, line, decorators: decorators(attributes), ..Class::default() };
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let _ = attribute.parse_nested_meta(|meta| {
            class.bases.push(path_text(&meta.path));
            Ok(())
        });
    }
    class
}

fn function_of(signature: &Signature, attributes: &[Attribute]) -> Function {
    Function {
        name: signature.ident.to_string(),
        is_async: signature.asyncness.is_some(),
        decorators: decorators(attributes),
        parameters: signature
            .inputs
            .iter()
            .take(MAX_ITEMS)
            .map(|input| match input {
                FnArg::Receiver(_) => "self".to_owned(),
                FnArg::Typed(typed) => match &*typed.pat {
                    Pat::Ident(name) => name.ident.to_string(),
                    _ => "_".to_owned(),
                },
            })
            .collect(),
        line: line_of(&signature.ident),
    }
}

fn decorators(attributes: &[Attribute]) -> Vec<Decorator> {
    attributes
        .iter()
        .filter(|attribute| !attribute.path().is_ident("doc"))
        .take(MAX_ITEMS)
        .map(|attribute| Decorator { name: path_text(attribute.path()), ..Decorator::default() })
        .collect()
}

fn documentation(attributes: &[Attribute]) -> Option<String> {
    let lines: Vec<String> = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
                syn::Expr::Lit(value) => match &value.lit {
                    Lit::Str(text) => Some(text.value().trim().to_owned()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        })
        .collect();
    (!lines.is_empty()).then(|| shortened(lines.join("\n").trim()))
}

fn literal(expression: &syn::Expr) -> Option<serde_json::Value> {
    let syn::Expr::Lit(value) = expression else { return None };
    match &value.lit {
        Lit::Str(text) => Some(shortened(&text.value()).into()),
        Lit::Bool(value) => Some(value.value.into()),
        Lit::Int(number) => number.base10_parse::<i64>().ok().map(Into::into),
        Lit::Float(number) => number.base10_parse::<f64>().ok().map(Into::into),
        _ => None,
    }
}

fn path_text(path: &syn::Path) -> String {
    let parts: Vec<String> = path.segments.iter().take(32).map(|segment| segment.ident.to_string()).collect();
    parts.join("::")
}

/// One import for each module that a `use` tree names. The tree's depth is bounded by the brackets.
fn walk_use(tree: &UseTree, prefix: &mut Vec<String>, line: u32, imports: &mut Vec<Import>) {
    let mut leaf = |name: String, prefix: &[String]| {
        let module = prefix.join("::");
        let full = imports.len() >= MAX_ITEMS;
        match imports.last_mut() {
            Some(last) if last.module == module && last.line == line && !module.is_empty() => last.names.push(name),
            _ if full => {}
            _ if module.is_empty() => imports.push(Import { module: name, line, ..Import::default() }),
            _ => imports.push(Import { module, names: vec![name], line, ..Import::default() }),
        }
    };
    match tree {
        UseTree::Path(path) => {
            prefix.push(path.ident.to_string());
            walk_use(&path.tree, prefix, line, imports);
            prefix.pop();
        }
        UseTree::Group(group) => {
            for inner in &group.items {
                walk_use(inner, prefix, line, imports);
            }
        }
        UseTree::Name(name) => leaf(name.ident.to_string(), prefix),
        UseTree::Rename(name) => leaf(name.ident.to_string(), prefix),
        UseTree::Glob(_) => leaf("*".to_owned(), prefix),
    }
}

fn line_of(node: &impl Spanned) -> u32 {
    u32::try_from(node.span().start().line).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "//! Weather.\nuse std::{fs, io::{self, Read}};\npub const LIMIT: u32 = 5;\n\
        #[derive(Debug, Clone)]\nstruct Weather;\nimpl Plugin for Weather { async fn run(&self, city: &str) {} }\nfn main() {}\n";

    #[test]
    fn a_file_is_read() {
        let structure = of_rust(SOURCE);
        assert_eq!(structure.docstring.as_deref(), Some("Weather."));
        assert_eq!(structure.imports[1].module, "std::io");
        assert_eq!(structure.imports[1].names, ["self", "Read"]);
        assert_eq!(structure.classes[0].bases, ["Debug", "Clone", "Plugin"]);
        assert_eq!(structure.classes[0].line, 5);
        assert!(structure.classes[0].methods[0].is_async);
        assert!(structure.main_guard);
    }

    #[test]
    fn a_shebang_is_no_syntax_error() {
        assert!(of_rust("#!/usr/bin/env run\nfn main() {}\n").main_guard);
        assert!(of_rust("#![no_std]\nfn main() {}\n").main_guard);
    }

    #[test]
    fn a_violation_has_a_place() {
        let structure = of_rust("fn a() {}\nfn b( {\n");
        assert_eq!(structure.problems.len(), 1);
    }

    #[test]
    fn deep_nesting_never_overflows() {
        for text in [
            format!("const A: u8 = {}1{};", "(".repeat(250), ")".repeat(250)),
            format!("const A: u8 = {}1{};", "(".repeat(10_000), ")".repeat(10_000)),
            format!("const A: u8 = {}1;", "-".repeat(1_900)),
            format!("const A: u8 = {}1;", "- ".repeat(100_000)),
            format!("const A: u8 = 1{};", "+1".repeat(50_000)),
            format!("const A: u8 = a{};", ".b()".repeat(50_000)),
        ] {
            let thread = std::thread::Builder::new().stack_size(512 * 1024);
            thread.spawn(move || of_rust(&text)).unwrap().join().unwrap();
        }
    }

    proptest::proptest! {
        #[test]
        fn mutated_sources_never_panic(cut in 0usize..250, insert in "\\PC{0,8}", at in 0usize..250) {
            let mut text: Vec<char> = SOURCE.chars().collect();
            text.truncate(text.len().saturating_sub(cut));
            let at = at.min(text.len());
            text.splice(at..at, insert.chars());
            of_rust(&text.into_iter().collect::<String>());
        }
    }
}
