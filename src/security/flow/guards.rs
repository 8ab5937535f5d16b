//! What tests say about data: membership, prefixes, quotes, patterns, containment.

mod patterns;

use std::rc::Rc;

use ruff_python_ast::CmpOp;

use super::interpret::{Function, Interpreter, truth_value};
use super::state::Object;
use super::values::{Const, Facts, Kind, Value};
use super::weakness::{Mask, Weakness};
pub use patterns::restricts;

/// What is known of a text that lies inside of a folder once it is resolved.
const PATHS: Mask = Mask::of_all(&[Weakness::Path, Weakness::Archive]);
/// What a fixed host settles.
const HOSTS: Mask = Mask::of_all(&[Weakness::Ssrf, Weakness::Redirect]);

/// What a text without line ends cannot break.
const LINES: Mask = Mask::of_all(&[Weakness::Log, Weakness::Header, Weakness::Mail]).and(Mask::NO_NEWLINE);

/// Whether what follows this beginning cannot choose the host of an address.
pub fn host_is_fixed(prefix: &str) -> bool {
    if let Some((scheme, rest)) = prefix.split_once("://") {
        if scheme.chars().any(|c| matches!(c, '/' | '?' | '#')) {
            return true;
        }
        let host_end = rest.find(['/', '?', '#', '\\']);
        return host_end.is_some_and(|end| end > 0);
    }
    let mut characters = prefix.chars();
    match (characters.next(), characters.next()) {
        (Some('/'), Some(second)) => second != '/' && second != '\\',
        (Some('/'), None) | (None, _) => false,
        // An address from elsewhere in front, such as a setting.
        (Some('\0'), _) => true,
        (Some(_), _) => prefix.contains(['/', '?', '#']),
    }
}

fn origins(value: &Value) -> impl Iterator<Item = u32> + '_ {
    value.taint.flows().iter().map(|flow| flow.origin)
}

fn facts(value: &Value, mask: Mask) -> Facts {
    origins(value).map(|origin| (origin, mask)).collect()
}

impl<'a> Interpreter<'a> {
    /// What follows from a comparison that cannot be decided.
    pub fn comparison_facts(&self, op: CmpOp, left: &Value, right: &Value) -> Value {
        let (yes, negated) = match op {
            CmpOp::Eq | CmpOp::Is => (self.equality(left, right), false),
            CmpOp::NotEq | CmpOp::IsNot => (self.equality(left, right), true),
            CmpOp::In => (self.membership(left, right), false),
            CmpOp::NotIn => (self.membership(left, right), true),
            _ => (None, false),
        };
        let (when_true, when_false) = yes.unwrap_or_default();
        if negated { truth_value(when_false, when_true) } else { truth_value(when_true, when_false) }
    }

    /// What equality and inequality say.
    fn equality(&self, left: &Value, right: &Value) -> Option<(Facts, Facts)> {
        let (data, other) = if left.taint.is_some() { (left, right) } else { (right, left) };
        if !data.taint.is_some() {
            // `commonpath([base, path]) == base`
            return None;
        }
        if other.taint.is_some() {
            return None;
        }
        if matches!(other.as_const(), Some(Const::None)) {
            return Some((Facts::new(), Facts::new()));
        }
        if data.as_name().is_some_and(|name| matches!(name, "os.path.commonpath()" | "os.path.commonprefix()")) {
            return Some((self.contained(data), Facts::new()));
        }
        // `x[0] == "'"` and the like.
        if let Some(text) = other.as_str()
            && data.as_name().is_none()
            && (text == "'" || text == "\"")
        {
            return Some((facts(data, Mask::ALL | Mask::NO_NEWLINE), Facts::new()));
        }
        if other.as_str() == Some("")
            && data.as_name().is_some_and(|name| name.ends_with(".netloc") || name.ends_with(".hostname"))
        {
            return Some((facts(data, HOSTS), Facts::new()));
        }
        Some((facts(data, Mask::ALL | Mask::NO_NEWLINE), Facts::new()))
    }

    /// Data of resolved paths counts as contained.
    fn contained(&self, data: &Value) -> Facts {
        data.taint
            .flows()
            .iter()
            .filter(|flow| Mask::NORMAL.within(self.state.clean(flow)))
            .map(|flow| (flow.origin, PATHS))
            .collect()
    }

    fn membership(&self, element: &Value, container: &Value) -> Option<(Facts, Facts)> {
        let carried = self.taint_of(container);
        if carried.is_some() {
            // `"'" in data`: when it is not, the data is without it.
            let data = Value::string(carried);
            if let Some(text) = element.as_str() {
                return Some((Facts::new(), facts(&data, without(text))));
            }
            if matches!(container.kind, Kind::Object(_)) {
                return None;
            }
            // `base in path.parents`
            if container.as_name().is_some_and(|name| name.ends_with(".parents")) {
                return Some((self.parents(container), Facts::new()));
            }
            // `any(c in data for c in "…")` gives the characters one by one.
            return None;
        }
        if element.taint.is_some() {
            return Some((facts(element, Mask::ALL | Mask::NO_NEWLINE), Facts::new()));
        }
        None
    }

    fn parents(&self, container: &Value) -> Facts {
        let mut all = Facts::new();
        for flow in container.taint.flows() {
            if Mask::NORMAL.within(self.state.clean(flow)) {
                all.push((flow.origin, PATHS));
            }
        }
        all
    }

    /// What a method of data says about it when it is used as a test.
    pub fn method_guard(&self, receiver: &Value, method: &str, argument: Option<&Value>) -> Option<Value> {
        if !receiver.taint.is_some() {
            return None;
        }
        let text = argument.and_then(Value::as_str);
        Some(match method {
            "isdigit" | "isnumeric" | "isdecimal" | "isalnum" | "isalpha" | "isidentifier" => {
                truth_value(facts(receiver, Mask::ALL | Mask::NO_NEWLINE), Facts::new())
            }
            // Line ends are not printable.
            "isprintable" => truth_value(facts(receiver, LINES), Facts::new()),
            "startswith" => {
                if let Some(argument) = argument
                    && self.taint_of(argument).is_some()
                {
                    return Some(Value::UNKNOWN);
                }
                let mut yes = self.contained(receiver);
                let mut no = Facts::new();
                match text {
                    Some("/") => yes.extend(facts(receiver, Mask::SLASH)),
                    Some("//") => no.extend(facts(receiver, Mask::NO_DOUBLE_SLASH)),
                    Some("'" | "\"") => yes.extend(facts(receiver, Mask::QUOTE_START)),
                    Some(prefix) if prefix.contains("://") && host_is_fixed(prefix) => {
                        yes.extend(facts(receiver, HOSTS))
                    }
                    Some(prefix) if prefix.starts_with('/') && host_is_fixed(prefix) => {
                        yes.extend(facts(receiver, Mask::of(Weakness::Redirect)));
                    }
                    Some(_) | None => {
                        if let Some(argument) = argument
                            && self.prefixes_fix_the_host(argument)
                        {
                            yes.extend(facts(receiver, HOSTS));
                        }
                    }
                }
                truth_value(yes, no)
            }
            "endswith" => match text {
                Some("'" | "\"") => truth_value(facts(receiver, Mask::QUOTE_END), Facts::new()),
                // `host.endswith(".example.org")`
                Some(suffix) if suffix.starts_with('.') && suffix.len() > 5 && is_host(receiver) => {
                    truth_value(facts(receiver, HOSTS), Facts::new())
                }
                _ => truth_value(Facts::new(), Facts::new()),
            },
            "is_relative_to" => truth_value(self.contained(receiver), Facts::new()),
            "is_absolute" => truth_value(Facts::new(), Facts::new()),
            "find" | "count" | "index" => return None,
            _ => return None,
        })
    }

    fn prefixes_fix_the_host(&self, argument: &Value) -> bool {
        let Kind::Object(id) = argument.kind else { return false };
        let Some(Object::Sequence { items, rest: None, .. }) = self.state.object(id).map(Rc::as_ref) else {
            return false;
        };
        !items.is_empty()
            && items.iter().all(|item| item.as_str().is_some_and(|text| text.contains("://") && host_is_fixed(text)))
    }

    /// What a match of a regular expression says.
    pub fn pattern_guard(&self, pattern: Option<&str>, data: &Value, whole: bool) -> Value {
        let Some(pattern) = pattern else { return truth_value(Facts::new(), Facts::new()) };
        let mut mask = patterns::allows(pattern, whole);
        if !Mask::ALL.within(mask)
            && let Some(rest) = pattern.strip_prefix('^').or(Some(pattern))
            && rest.starts_with("http")
            && host_is_fixed(&rest.replace("\\.", ".").replace("\\/", "/").replace("s?", "s"))
            && !rest
                .split("://")
                .nth(1)
                .is_some_and(|after| after.split('/').next().is_some_and(|h| h.contains(['*', '+', '['])))
        {
            mask |= HOSTS;
        }
        truth_value(facts(data, mask), Facts::new())
    }

    /// A value that says that the data of another is harmless when it is true.
    pub fn clean_when_true(&self, data: &Value, mask: Mask) -> Value {
        truth_value(facts(data, mask), Facts::new())
    }

    /// A value that says that the data of another is harmless when it is false.
    pub fn clean_when_false(&self, data: &Value, mask: Mask) -> Value {
        truth_value(Facts::new(), facts(data, mask))
    }

    /// Whether a function looks up the addresses of a host, and at whether they are those of a private network.
    pub fn looks_at_addresses(&self, function: &Function<'a>) -> bool {
        let Some(definition) = function.definition else { return false };
        let Some(unit) = self.library.unit(function.unit) else { return false };
        let body = unit.source.slice(definition.range);
        let has = |words: &[&str]| words.iter().any(|word| body.contains(word));
        has(&["getaddrinfo(", "gethostbyname", "getaddrs(", ".resolve("]) && has(&[".is_private", ".is_global"])
    }

    /// What was checked: the function raised unless its argument is harmless, or says so by what it returns.
    pub fn checked_address(&mut self, given: &Value, returned: Option<Value>) -> Option<Value> {
        let mask = Mask::of(Weakness::Ssrf);
        let says = returned
            .as_ref()
            .is_some_and(|value| value.alternatives().iter().any(|one| matches!(one.as_const(), Some(Const::Bool(_)))));
        if says {
            return Some(self.clean_when_true(given, mask));
        }
        let facts = self.facts_about(given, mask);
        self.state.assume(&facts);
        returned
    }

    /// Facts about all data in a value.
    pub fn facts_about(&self, value: &Value, mask: Mask) -> Facts {
        facts(&Value::string(self.taint_of(value)), mask)
    }
}

fn is_host(value: &Value) -> bool {
    value.as_name().is_some_and(|name| name.ends_with(".netloc") || name.ends_with(".hostname"))
}

/// For what data is harmless when it does not contain this.
fn without(text: &str) -> Mask {
    match text {
        ".." | "../" | "..\\" => PATHS,
        "/" => PATHS,
        "'" => Mask::of_all(&[Weakness::Xpath, Weakness::Sql]) | Mask::NO_QUOTE_INSIDE,
        "\"" => Mask::of(Weakness::Xpath) | Mask::NO_QUOTE_INSIDE,
        "<" => Mask::of_all(&[Weakness::Xss, Weakness::Markup]),
        "\n" | "\r" | "\r\n" => Mask::of_all(&[Weakness::Log, Weakness::Header, Weakness::Mail]) | Mask::NO_NEWLINE,
        ";" => Mask::of(Weakness::Command),
        "(" | ")" | "*" => Mask::of(Weakness::Ldap),
        "://" | "//" => HOSTS | Mask::NO_DOUBLE_SLASH,
        "{{" | "{" => Mask::of(Weakness::Template),
        _ => Mask::NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_hosts_are_recognised() {
        for prefix in ["https://a.example/", "/local/", "\0/x", "https://a.example?q="] {
            assert!(host_is_fixed(prefix), "{prefix}");
        }
        for prefix in ["https://", "//", "/", "", "http://a.", "https://a.example"] {
            assert!(!host_is_fixed(prefix), "{prefix}");
        }
    }

    #[test]
    fn patterns_that_restrict_are_recognised() {
        assert!(restricts("^[a-z0-9_]+$", false));
        assert!(restricts("[A-Za-z]{1,8}", true));
        assert!(!restricts("^[a-z]+", false));
        assert!(!restricts("^.*$", false));
        assert!(!restricts("^[^/]+$", false));
    }
}
