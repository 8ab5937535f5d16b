//! Which rules run, and the tables by which nodes find them.

use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rustc_hash::FxHashMap;

use super::{Coverage, RULES, Rule, Trigger};
use crate::error::{Error, Result};
use crate::model::Category;

/// What the user chose with `--select` and `--ignore`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Rule ids, ids of bandit or ruff (also as prefixes such as `B3`), categories, `bandit`, `ruff`, or `all`. Empty for the default.
    pub select: Vec<String>,
    /// The same words, for what is left out.
    pub ignore: Vec<String>,
}

/// What wants to see calls of something with this last name.
#[derive(Debug, Default)]
pub(crate) struct ByLast {
    /// Whether a name in `by_call` ends so.
    pub(crate) qualified: bool,
    /// Those that want it whatever stands in front.
    pub(crate) rules: Vec<u16>,
}

/// The rules of a run with their dispatch tables.
pub struct RuleSet {
    /// Each rule that runs, with how it runs.
    pub rules: Vec<(&'static Rule, Coverage)>,
    pub(crate) by_call: FxHashMap<&'static str, Vec<u16>>,
    /// By the last part of the name of what is called.
    pub(crate) by_last: FxHashMap<&'static str, ByLast>,
    pub(crate) by_keyword: FxHashMap<&'static str, Vec<u16>>,
    pub(crate) any_keyword: Vec<u16>,
    pub(crate) strings: Vec<u16>,
    /// Those that want only strings with certain texts in them.
    pub(crate) holding: Vec<u16>,
    /// These texts, and the search for all of them, made when it is needed first.
    held: Vec<&'static str>,
    search: OnceLock<Option<AhoCorasick>>,
    pub(crate) texts: Vec<u16>,
    pub(crate) compares: Vec<u16>,
    pub(crate) dicts: Vec<u16>,
    pub(crate) assigns: Vec<u16>,
    pub(crate) by_target: FxHashMap<&'static str, Vec<u16>>,
    pub(crate) functions: Vec<u16>,
    pub(crate) classes: Vec<u16>,
    pub(crate) asserts: Vec<u16>,
    pub(crate) handlers: Vec<u16>,
    pub(crate) imports: Vec<u16>,
    pub(crate) files: Vec<u16>,
    /// Ids of other tools that were chosen one by one; empty when whole rules were.
    codes: Vec<String>,
    ignored_codes: Vec<String>,
}

impl RuleSet {
    /// The default rules.
    pub fn standard() -> Self {
        let rules = RULES.iter().map(|rule| (*rule, Coverage::Judged)).collect();
        Self::build(rules, Vec::new(), Vec::new())
    }

    /// The rules that a user chose. Unknown words are errors with a suggestion.
    pub fn new(selection: &Selection) -> Result<Self> {
        for word in selection.select.iter().chain(&selection.ignore) {
            if !is_known(word) {
                return Err(unknown(word));
            }
        }
        let mut rules = Vec::new();
        for rule in RULES.iter().copied() {
            let coverage = if selection.select.is_empty() {
                Some(Coverage::Judged)
            } else {
                selection.select.iter().filter_map(|word| coverage_by(rule, word)).max_by_key(|c| *c == Coverage::Full)
            };
            let ignored = selection.ignore.iter().any(|word| is_whole(rule, word));
            if let Some(coverage) = coverage
                && !ignored
            {
                rules.push((rule, coverage));
            }
        }
        // When every word is a single id of another tool, findings are held to those ids.
        let all_codes = !selection.select.is_empty() && selection.select.iter().all(|word| is_code(word));
        let codes =
            if all_codes { selection.select.iter().map(|w| w.to_ascii_uppercase()).collect() } else { Vec::new() };
        let ignored = selection.ignore.iter().filter(|word| is_code(word)).map(|w| w.to_ascii_uppercase()).collect();
        Ok(Self::build(rules, codes, ignored))
    }

    /// Every rule, reporting every place.
    pub fn everything() -> Self {
        Self::build(RULES.iter().map(|rule| (*rule, Coverage::Full)).collect(), Vec::new(), Vec::new())
    }

    /// A word that is the same for two sets that report the same.
    pub fn identity(&self) -> String {
        let mut hasher = rustc_hash::FxHasher::default();
        for (rule, coverage) in &self.rules {
            rule.id.hash(&mut hasher);
            (*coverage == Coverage::Full).hash(&mut hasher);
        }
        self.codes.hash(&mut hasher);
        self.ignored_codes.hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }

    /// Whether a rule runs.
    pub fn has(&self, id: &str) -> bool {
        self.codes.is_empty() && self.rules.iter().any(|(rule, _)| rule.id == id)
    }

    /// Whether any rule wants data to be followed.
    pub fn follows_data(&self) -> bool {
        self.codes.is_empty() && self.rules.iter().any(|(rule, _)| rule.triggers.is_empty())
    }

    /// Whether a rule reports what is dangerous only, and not every place.
    pub fn judges(&self, rule: &Rule) -> bool {
        self.rules.iter().any(|(known, coverage)| known.id == rule.id && *coverage == Coverage::Judged)
    }

    /// Whether a finding with these ids of other tools is wanted.
    pub fn wants(&self, codes: &[&str]) -> bool {
        let any = |list: &[String]| list.iter().any(|code| codes.iter().any(|own| own.starts_with(code.as_str())));
        (self.codes.is_empty() || any(&self.codes)) && !any(&self.ignored_codes)
    }

    /// Whether a string has a text in it that one of [`Self::holding`] wants; each of them looks for its own.
    pub(crate) fn holds(&self, string: &str) -> bool {
        let search = self.search.get_or_init(|| {
            AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).prefilter(false).build(&self.held).ok()
        });
        search.as_ref().is_none_or(|search| string.len() >= search.min_pattern_len() && search.is_match(string))
    }

    fn build(rules: Vec<(&'static Rule, Coverage)>, codes: Vec<String>, ignored_codes: Vec<String>) -> Self {
        let mut set = Self {
            rules: Vec::new(),
            by_call: FxHashMap::default(),
            by_last: FxHashMap::default(),
            by_keyword: FxHashMap::default(),
            any_keyword: Vec::new(),
            strings: Vec::new(),
            holding: Vec::new(),
            held: Vec::new(),
            search: OnceLock::new(),
            texts: Vec::new(),
            compares: Vec::new(),
            dicts: Vec::new(),
            assigns: Vec::new(),
            by_target: FxHashMap::default(),
            functions: Vec::new(),
            classes: Vec::new(),
            asserts: Vec::new(),
            handlers: Vec::new(),
            imports: Vec::new(),
            files: Vec::new(),
            codes,
            ignored_codes,
        };
        for (index, (rule, _)) in rules.iter().enumerate() {
            let index = u16::try_from(index).unwrap_or(u16::MAX);
            for trigger in rule.triggers {
                set.add(*trigger, index);
            }
        }
        set.rules = rules;
        set
    }

    fn add(&mut self, trigger: Trigger, index: u16) {
        match trigger {
            Trigger::Call(names) => {
                for name in names {
                    self.by_call.entry(name).or_default().push(index);
                    self.by_last.entry(name.rsplit('.').next().unwrap_or(name)).or_default().qualified = true;
                }
            }
            Trigger::Method(names) => {
                names.iter().for_each(|n| self.by_last.entry(n).or_default().rules.push(index));
            }
            Trigger::Keyword(names) => names.iter().for_each(|n| self.by_keyword.entry(n).or_default().push(index)),
            Trigger::Target(names) => names.iter().for_each(|n| self.by_target.entry(n).or_default().push(index)),
            Trigger::AnyKeyword => self.any_keyword.push(index),
            Trigger::Str => self.strings.push(index),
            Trigger::Holding(texts) => {
                self.holding.push(index);
                self.held.extend(texts);
            }
            Trigger::Text => self.texts.push(index),
            Trigger::Compare => self.compares.push(index),
            Trigger::Dict => self.dicts.push(index),
            Trigger::Assign => self.assigns.push(index),
            Trigger::Function => self.functions.push(index),
            Trigger::Class => self.classes.push(index),
            Trigger::Assert => self.asserts.push(index),
            Trigger::Handler => self.handlers.push(index),
            Trigger::Import => self.imports.push(index),
            Trigger::File => self.files.push(index),
        }
    }
}

/// Whether a word looks like an id of bandit or ruff, or the beginning of one.
fn is_code(word: &str) -> bool {
    let mut chars = word.chars();
    matches!(chars.next(), Some('B' | 'S' | 'b' | 's')) && word.len() > 1 && chars.all(|c| c.is_ascii_digit())
}

/// How a word selects a rule: other tools' ids and names ask for full coverage.
fn coverage_by(rule: &Rule, word: &str) -> Option<Coverage> {
    if is_whole(rule, word) {
        let full =
            word.eq_ignore_ascii_case("bandit") || word.eq_ignore_ascii_case("ruff") || word == "S" || word == "B";
        return Some(if full { Coverage::Full } else { Coverage::Judged });
    }
    let upper = word.to_ascii_uppercase();
    (is_code(word) && rule.aliases.iter().any(|alias| alias.starts_with(&upper))).then_some(Coverage::Full)
}

/// Whether a word names the whole rule, or a group that it belongs to.
fn is_whole(rule: &Rule, word: &str) -> bool {
    let group = |first: char| rule.aliases.iter().any(|alias| alias.starts_with(first));
    match word {
        "all" | "ALL" => true,
        "bandit" | "B" => group('B'),
        "ruff" | "S" => group('S'),
        _ => word == rule.id || word.replace('-', "_") == rule.category.word(),
    }
}

fn is_known(word: &str) -> bool {
    matches!(word, "all" | "ALL" | "bandit" | "B" | "ruff" | "S")
        || Category::ALL.iter().any(|category| category.word() == word.replace('-', "_"))
        || RULES.iter().any(|rule| rule.id == word)
        || is_code(word)
}

fn unknown(word: &str) -> Error {
    let nearest = RULES
        .iter()
        .map(|rule| rule.id)
        .chain(Category::ALL.iter().map(|category| category.word()))
        .map(|name| (strsim::jaro_winkler(name, word), name))
        .filter(|(score, _)| *score > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let error = Error::usage("unknown-rule", format!("there is no rule, category or id `{word}`"));
    match nearest {
        Some((_, name)) => error.hinted(format!("did you mean `{name}`?")),
        None => error.hinted("`aetherra-maint explain rules` lists them"),
    }
}
