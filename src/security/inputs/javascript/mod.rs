//! JavaScript and TypeScript: where values come from ([`origins`]), and where they end up ([`ends`]).
//!
//! Names carry marks: fetched, decoded, private, given by a request, a socket. The tree is walked a few times, so
//! that marks reach names that are used before they are set; then calls that run, start or send are looked at.

mod ends;
mod origins;
mod scopes;
mod spelled;
mod told;

use oxc_allocator::Allocator;
use oxc_ast_visit::Visit;
use oxc_parser::Parser;
use oxc_span::SourceType;

use super::nesting::{Elements, STACK, is_too_deep};
use super::{Analyser, Input, Judged, Kind, Terms};
use crate::model::{Confidence, Severity, SkipReason};
use ends::Sinks;
use origins::Marks;
use scopes::Scopes;

/// Larger files are not parsed.
const MAX_BYTES: usize = 4 << 20;

/// How often marks are carried from name to name.
const ROUNDS: usize = 4;

pub(super) struct JavaScript;

impl Analyser for JavaScript {
    fn id(&self) -> &'static str {
        "javascript"
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        input.kind == Kind::JavaScript && input.text.is_some()
    }

    fn analyse(&self, input: &Input<'_>, _: Terms<'_>) -> Judged {
        let text = input.text.unwrap_or_default();
        let mut judged = Judged::default();
        let elements = if input.name().ends_with(".ts") { Elements::None } else { Elements::Nest };
        if text.len() > MAX_BYTES || is_too_deep(text, elements) {
            judged.gaps.push((SkipReason::LimitReached, "it is too large or nests too deeply to be parsed".to_owned()));
            return judged;
        }
        stacker::grow(STACK, || judge(text, input.path, &mut judged));
        judged
    }
}

fn judge(text: &str, path: &str, judged: &mut Judged) {
    let allocator = Allocator::default();
    let mut source = SourceType::from_path(path).unwrap_or_default();
    if !source.is_typescript() {
        source = source.with_jsx(true);
    }
    let parsed = Parser::new(&allocator, text, source).parse();
    if parsed.panicked {
        judged.gaps.push((SkipReason::Unparsable, "it does not parse".to_owned()));
    }
    let mut marks = Marks::new(text, Scopes::of(&parsed.program));
    for _ in 0..ROUNDS {
        marks.changed = false;
        marks.visit_program(&parsed.program);
        if !marks.changed {
            break;
        }
    }
    let mut sinks = Sinks::new(&marks, judged);
    sinks.visit_program(&parsed.program);
    sinks.conclude();
    if marks.has_looked_too_far() {
        judged.gaps.push((SkipReason::LimitReached, "its calls nest too deeply to be followed".to_owned()));
    }
    obfuscated(text, judged);
    if serves_agents(text) {
        told::judge(&parsed.program, judged);
    }
}

/// Whether code offers tools to agents or tells them what to do: its texts are then instructions.
fn serves_agents(text: &str) -> bool {
    let marks = [
        "modelcontextprotocol",
        "McpServer",
        "registerTool",
        "inputSchema",
        "from \"ai\"",
        "from 'ai'",
        "@langchain/",
        "@openai/agents",
        "@anthropic-ai/",
        "systemPrompt",
        "system_prompt",
        "fastmcp",
        "@mastra/",
        "genkit",
    ];
    marks.iter().any(|mark| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
}

/// What an obfuscator leaves: hundreds of names such as `_0x3fa2` around something that is run.
fn obfuscated(text: &str, judged: &mut Judged) {
    let count = memchr::memmem::find_iter(text.as_bytes(), b"_0x").take(200).count();
    let runs = ["eval(", "Function(", "child_process", "constructor("].iter().any(|part| text.contains(part));
    if count >= 40 && (runs || count >= 120) {
        let message = "the code was made unreadable by a tool";
        judged.see("obfuscated-execution", 0..0, Severity::High, Confidence::Medium, message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::inputs::Limits;
    use crate::security::rules::RuleSet;

    fn judged(path: &str, text: &str) -> Judged {
        let rules = RuleSet::standard();
        let input = Input { path, bytes: text.as_bytes(), text: Some(text), kind: Kind::JavaScript };
        JavaScript.analyse(&input, Terms { limits: Limits::default(), rules: &rules, beside: &Default::default() })
    }

    fn rules(text: &str) -> Vec<&'static str> {
        judged("a.js", text).observations.iter().map(|observation| observation.rule).collect()
    }

    #[test]
    fn names_are_those_of_their_function() {
        let apart = "function f(){var e=atob(x);return e}function g(e){eval(e)}";
        assert_eq!(rules(apart), [""; 0]);
        let outer = "var e;function f(){e=atob(x)}function g(){eval(e)}";
        assert_eq!(rules(outer), ["obfuscated-execution"]);
        let inner = "function f(){const e=atob(x);return()=>{eval(e)}}";
        assert_eq!(rules(inner), ["obfuscated-execution"]);
        let module = "function f(){const e=require('child_process');return e}function g(e){e.exec(atob(x))}";
        assert_eq!(rules(module), [""; 0]);
    }

    #[test]
    fn calls_around_calls_cost_a_bounded_time() {
        let chain = format!("x = a{};\n", ".map(b)".repeat(4_000));
        let judged = judged("a.js", &chain.repeat(20));
        assert!(judged.gaps.iter().any(|gap| gap.0 == SkipReason::LimitReached), "{:?}", judged.gaps);
    }

    /// As deep as is let through, and deeper. It is the stack that would fail this test.
    #[test]
    fn code_that_nests_without_end_is_parsed_or_refused() {
        for (path, prefix, unit, suffix) in [
            ("a.js", "a", ".b", ";"),
            ("a.js", "a", ".b()", ";"),
            ("a.js", "x = ", "a=", "a;"),
            ("a.js", "x = ", "! ", "a;"),
            ("a.js", "x = ", "typeof ", "a;"),
            ("a.js", "x = ", "new ", "a;"),
            ("a.js", "x = ", "a=>", "a;"),
            ("a.js", "x = ", "a?a:", "a;"),
            ("a.js", "x = a", "+a", ";"),
            ("a.js", "x = a", "+{}", ";"),
            ("a.js", "", "if(a)", "b();"),
            ("a.js", "if(a){}", "else if(a){}", ""),
            ("a.js", "", "a:", "b();"),
            ("a.ts", "type A = ", "A<", "A"),
            ("a.ts", "type A = ", "A<A,", "A"),
            ("a.tsx", "x = ", "<a>", ""),
            ("a.tsx", "x = ", "<a>,", ""),
        ] {
            for count in [900, 9_900, 16_000, 24_000, 49_000, 500_000] {
                let text = format!("{prefix}{}{suffix}", unit.repeat(count));
                let refused = judged(path, &text).gaps.iter().any(|gap| gap.0 == SkipReason::LimitReached);
                assert!(refused || count < 500_000, "{unit}");
            }
        }
    }
}
