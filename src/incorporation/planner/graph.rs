//! A plan as a picture: Mermaid for pages, DOT for Graphviz.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::model::{Component, Plan};

/// The languages of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GraphFormat {
    /// A flow chart of Mermaid.
    Mermaid,
    /// A digraph of Graphviz.
    Dot,
}

/// Draws the components of a plan, what they depend on, and what is left out with its reason.
pub fn graph(plan: &Plan, format: GraphFormat) -> String {
    let mut nodes: BTreeMap<&str, (usize, String, &str)> = BTreeMap::new();
    for component in &plan.components {
        let next = nodes.len();
        nodes.entry(&component.id).or_insert((next, label(component), "in"));
    }
    for left_out in &plan.report.left_out {
        let next = nodes.len();
        nodes.entry(&left_out.component).or_insert((
            next,
            format!("{} ({})", left_out.component, left_out.reason.word()),
            "out",
        ));
    }
    for need in plan.components.iter().flat_map(|component| &component.depends_on) {
        let next = nodes.len();
        nodes.entry(need).or_insert((next, format!("{need} (deployed)"), "there"));
    }
    let edges = plan.components.iter().flat_map(|component| {
        component
            .depends_on
            .iter()
            .filter_map(|need| Some((nodes.get(component.id.as_str())?.0, nodes.get(need.as_str())?.0)))
    });
    let mut sorted: Vec<&(usize, String, &str)> = nodes.values().collect();
    sorted.sort();
    let mut text = String::new();
    match format {
        GraphFormat::Mermaid => {
            text.push_str("flowchart LR\n");
            for (number, label, class) in sorted {
                let _ = writeln!(text, "  n{number}[\"{}\"]:::{class}", mermaid(label));
            }
            for (from, to) in edges {
                let _ = writeln!(text, "  n{from} --> n{to}");
            }
            text.push_str("  classDef out stroke-dasharray: 4\n  classDef there fill:#eee\n");
        }
        GraphFormat::Dot => {
            text.push_str("digraph plan {\n  rankdir=LR;\n  node [shape=box];\n");
            for (number, label, class) in sorted {
                let style = if *class == "out" { ", style=dashed" } else { "" };
                let _ = writeln!(text, "  n{number} [label=\"{}\"{style}];", dot(label));
            }
            for (from, to) in edges {
                let _ = writeln!(text, "  n{from} -> n{to};");
            }
            text.push_str("}\n");
        }
    }
    text
}

fn label(component: &Component) -> String {
    let version = component.version.as_deref().map(|version| format!(" {version}")).unwrap_or_default();
    format!("{}{version}: {}", component.name, component.action.word())
}

/// Names come from strangers: nothing in them may end the quotes.
fn mermaid(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '_' | '-' | '/' | ':' | '(' | ')' | '@');
    text.chars().map(|c| if plain(c) { c.to_string() } else { format!("#{};", u32::from(c)) }).collect()
}

fn dot(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .flat_map(|c| matches!(c, '"' | '\\').then_some('\\').into_iter().chain([c]))
        .collect()
}
