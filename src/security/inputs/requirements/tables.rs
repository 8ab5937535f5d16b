//! Requirements and locks that are tables: TOML and JSON.

use serde_json::{Map, Value};

use super::names::Ecosystem;
use super::{Judged, address, name_of, suspect};
use crate::model::{Confidence, Severity, SkipReason};

/// Brackets inside one another; more is no list of packages.
const MAX_BRACKETS: usize = 64;

/// Locks inside one another, as old ones of npm nest them.
const MAX_LEVELS: usize = 30;

/// What a table of packages is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    Pyproject,
    Pipfile,
    PipfileLock,
    /// `[[package]]`, as poetry, uv and cargo write it.
    PackageLock(Ecosystem),
    NpmManifest,
    NpmLock,
    Cargo,
}

/// The table that a file is by its name.
pub(super) fn by_name(name: &str) -> Option<Table> {
    Some(match name {
        "pyproject.toml" => Table::Pyproject,
        "pipfile" => Table::Pipfile,
        "pipfile.lock" => Table::PipfileLock,
        "poetry.lock" | "uv.lock" | "pdm.lock" => Table::PackageLock(Ecosystem::Python),
        "cargo.lock" => Table::PackageLock(Ecosystem::Rust),
        "package.json" => Table::NpmManifest,
        "package-lock.json" | "npm-shrinkwrap.json" => Table::NpmLock,
        "cargo.toml" => Table::Cargo,
        _ => return None,
    })
}

pub(super) fn judge(table: Table, text: &str, judged: &mut Judged) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value = match parse(table, text) {
        Ok(Value::Object(value)) => value,
        Ok(_) => return,
        Err(why) => {
            judged.gaps.push((SkipReason::Unparsable, why));
            return;
        }
    };
    let mut look = Look { text, judged };
    match table {
        Table::Pyproject => look.pyproject(&value),
        Table::Pipfile => ["packages", "dev-packages"].iter().for_each(|key| look.of_poetry(value.get(*key))),
        Table::PipfileLock => ["default", "develop"].iter().for_each(|key| look.of_poetry(value.get(*key))),
        Table::PackageLock(ecosystem) => look.packages(&value, ecosystem),
        Table::NpmManifest => look.npm(&value),
        Table::NpmLock => look.npm_lock(&value, 0),
        Table::Cargo => look.cargo(&value),
    }
    if matches!(table, Table::Pipfile | Table::PipfileLock) {
        look.sources(value.get("source").or_else(|| value.get("_meta")?.get("sources")));
    }
}

fn parse(table: Table, text: &str) -> Result<Value, String> {
    let is_json = matches!(table, Table::PipfileLock | Table::NpmManifest | Table::NpmLock);
    if is_json {
        return serde_json::from_str(text).map_err(|error| format!("it cannot be read: {error}"));
    }
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    // A key of many parts nests as deep as it is long.
    if deepest > MAX_BRACKETS || text.lines().any(|line| dots(line) > MAX_BRACKETS) {
        return Err(format!("it nests deeper than {MAX_BRACKETS} levels"));
    }
    let table: toml::Table = toml::from_str(text).map_err(|error| format!("it cannot be read: {}", error.message()))?;
    serde_json::to_value(table).map_err(|error| error.to_string())
}

/// The dots of a line that stand in no quotes and no comment.
fn dots(line: &str) -> usize {
    let (mut quote, mut dots) = (None, 0);
    for c in line.chars() {
        match (quote, c) {
            (None, '#') => break,
            (None, '"' | '\'') => quote = Some(c),
            (None, '.') => dots += 1,
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    dots
}

struct Look<'t, 'j> {
    text: &'t str,
    judged: &'j mut Judged,
}

impl Look<'_, '_> {
    /// Where a name is first written as a key or a value.
    fn place(&self, name: &str) -> std::ops::Range<usize> {
        let forms =
            [format!("\"{name}\""), format!("'{name}'"), format!("\n{name} "), format!("\n{name}="), name.to_owned()];
        let found = forms.iter().find_map(|form| self.text.find(form.as_str()).map(|at| (at, form)));
        let Some((at, form)) = found else { return 0..0 };
        let start = at + usize::from(form.starts_with('\n'));
        start..at + form.trim_end().len()
    }

    fn source(&mut self, name: &str, severity: Severity, why: &str) {
        let range = self.place(name);
        self.judged.see("requirement-source", range, severity, Confidence::High, format!("`{name}`: {why}"));
    }

    fn any_version(&mut self, name: &str) {
        let message = format!("`{name}`: any version that there is on the day is taken");
        let range = self.place(name);
        self.judged.see("unpinned-requirement", range, Severity::Note, Confidence::High, message);
    }

    fn name(&mut self, ecosystem: Ecosystem, name: &str) {
        // Most names are well known: where they stand is looked for only when one is not.
        if super::names::lookalike(ecosystem, name).is_some() {
            let range = self.place(name);
            suspect(ecosystem, name, range, self.judged);
        }
    }

    /// An address that a package comes from; what is fixed besides it, such as a commit, is in `fixed`.
    fn address(&mut self, name: &str, target: &str, fixed: bool) {
        if let Some((severity, why)) = address(target, fixed) {
            self.source(name, severity, why);
        }
    }

    fn pyproject(&mut self, top: &Map<String, Value>) {
        let project = top.get("project");
        let lists = [
            project.and_then(|project| project.get("dependencies")),
            top.get("build-system").and_then(|one| one.get("requires")),
        ];
        lists.into_iter().flatten().for_each(|list| self.of_list(list));
        for groups in [project.and_then(|project| project.get("optional-dependencies")), top.get("dependency-groups")] {
            groups.and_then(Value::as_object).into_iter().flatten().for_each(|(_, list)| self.of_list(list));
        }
        let tool = |name: &str| top.get("tool")?.get(name);
        if let Some(poetry) = tool("poetry") {
            self.of_poetry(poetry.get("dependencies"));
            self.of_poetry(poetry.get("dev-dependencies"));
            let groups = poetry.get("group").and_then(Value::as_object);
            groups.into_iter().flatten().for_each(|(_, group)| self.of_poetry(group.get("dependencies")));
            self.sources(poetry.get("source"));
        }
        if let Some(uv) = tool("uv") {
            self.of_poetry(uv.get("sources"));
            self.sources(uv.get("index"));
        }
    }

    /// Requirements as Python writes them in one text each.
    fn of_list(&mut self, list: &Value) {
        for text in list.as_array().into_iter().flatten().filter_map(Value::as_str) {
            let name = name_of(text);
            self.name(Ecosystem::Python, name);
            match text.split_once('@').filter(|(before, _)| !before.contains(';')) {
                Some((_, target)) => self.address(text, target.trim(), false),
                None if !text.contains(['=', '<', '>', '~', '!']) => self.any_version(text),
                None => {}
            }
        }
    }

    /// Requirements by name, each a version or a table.
    fn of_poetry(&mut self, table: Option<&Value>) {
        for (name, wanted) in table.and_then(Value::as_object).into_iter().flatten() {
            if name == "python" || name == "_meta" {
                continue;
            }
            self.name(Ecosystem::Python, name);
            let text = |key: &str| wanted.get(key).and_then(Value::as_str);
            let fixed = text("rev").or(text("ref")).is_some_and(is_commit) || wanted.get("hashes").is_some();
            for key in ["git", "url", "file", "hg", "svn"] {
                if let Some(target) = text(key) {
                    let target = if key == "git" { format!("git+{target}") } else { target.to_owned() };
                    self.address(name, &target, fixed);
                }
            }
            if wanted.as_str().or(text("version")) == Some("*") {
                self.any_version(name);
            }
        }
    }

    /// Indexes that packages are taken from.
    fn sources(&mut self, list: Option<&Value>) {
        for index in list.and_then(Value::as_array).into_iter().flatten() {
            let address = index.get("url").and_then(Value::as_str).unwrap_or_default();
            if address.starts_with("http://") {
                self.source(address, Severity::High, "packages come unencrypted: anybody on the way may change them");
            }
            if index.get("verify_ssl").and_then(Value::as_bool) == Some(false) {
                self.source(address, Severity::High, "the certificate of this index is not checked");
            }
        }
    }

    fn packages(&mut self, top: &Map<String, Value>, ecosystem: Ecosystem) {
        for package in top.get("package").and_then(Value::as_array).into_iter().flatten() {
            let Some(name) = package.get("name").and_then(Value::as_str) else { continue };
            self.name(ecosystem, name);
            match package.get("source") {
                Some(Value::String(source)) => {
                    if let Some(git) = source.strip_prefix("git+") {
                        self.address(
                            name,
                            &format!("git+{git}"),
                            git.rsplit_once('#').is_some_and(|(_, rev)| is_commit(rev)),
                        );
                    } else if source.starts_with("registry+http://") {
                        self.address(name, source, true);
                    }
                }
                Some(Value::Object(source)) => {
                    let text = |key: &str| source.get(key).and_then(Value::as_str);
                    let fixed = text("resolved_reference").is_some_and(is_commit)
                        || text("git").is_some_and(|git| git.rsplit_once('#').is_some_and(|(_, rev)| is_commit(rev)))
                        || package.get("sdist").and_then(|one| one.get("hash")).is_some();
                    let is_git = text("type") == Some("git") || source.contains_key("git");
                    let target = text("git").or(text("url")).or(text("registry")).unwrap_or_default();
                    let is_index = text("registry").is_some() || text("type") == Some("legacy");
                    if is_git {
                        self.address(name, &format!("git+{target}"), fixed);
                    } else if !target.is_empty() && (!is_index || target.starts_with("http://")) {
                        self.address(name, target, fixed || is_index);
                    }
                }
                _ => {}
            }
        }
    }

    fn npm(&mut self, top: &Map<String, Value>) {
        for key in ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"] {
            for (name, range) in top.get(key).and_then(Value::as_object).into_iter().flatten() {
                let Some(range) = range.as_str() else { continue };
                let (name, range) =
                    match range.strip_prefix("npm:").map(|alias| alias.rsplit_once('@').unwrap_or((alias, ""))) {
                        Some((meant, range)) if !meant.is_empty() => (meant, range),
                        _ => (name.as_str(), range),
                    };
                self.name(Ecosystem::Npm, name);
                let is_short = range.contains('/') && !range.contains(':') && !range.starts_with(['.', '/', '~']);
                let commit = range.rsplit_once('#').is_some_and(|(_, rev)| is_commit(rev));
                if range.contains("://") || range.starts_with("git@") {
                    self.address(name, range, commit);
                } else if is_short
                    || ["github:", "gitlab:", "bitbucket:", "gist:"].iter().any(|by| range.starts_with(by))
                {
                    self.address(name, &format!("git+ssh://{range}"), commit);
                } else if matches!(range, "" | "*" | "x" | "latest" | "next") && key != "peerDependencies" {
                    self.any_version(name);
                }
            }
        }
    }

    fn npm_lock(&mut self, top: &Map<String, Value>, level: usize) {
        if level > MAX_LEVELS {
            self.judged.gaps.push((SkipReason::LimitReached, format!("locks nest deeper than {MAX_LEVELS} levels")));
            return;
        }
        for key in ["packages", "dependencies"] {
            for (path, package) in top.get(key).and_then(Value::as_object).into_iter().flatten() {
                let Some(package) = package.as_object() else { continue };
                let name = path.rsplit("node_modules/").next().unwrap_or(path);
                let text = |key: &str| package.get(key).and_then(Value::as_str);
                if key == "packages" && (path.is_empty() || !path.contains("node_modules/")) {
                    continue;
                }
                self.name(Ecosystem::Npm, text("name").unwrap_or(name));
                let resolved =
                    text("resolved").or(text("version").filter(|version| version.contains("://"))).unwrap_or_default();
                let commit = resolved.rsplit_once('#').is_some_and(|(_, rev)| is_commit(rev));
                if !resolved.is_empty() && resolved.contains("://") {
                    self.address(name, resolved, commit || text("integrity").is_some());
                }
                if key == "dependencies" && package.contains_key("dependencies") {
                    self.npm_lock(package, level + 1);
                }
            }
        }
    }

    fn cargo(&mut self, top: &Map<String, Value>) {
        let mut tables: Vec<&Value> = Vec::new();
        let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
        tables.extend(kinds.iter().filter_map(|key| top.get(*key)));
        tables.extend(top.get("workspace").and_then(|one| one.get("dependencies")));
        for targets in top.get("target").and_then(Value::as_object).into_iter().flatten() {
            tables.extend(kinds.iter().filter_map(|key| targets.1.get(*key)));
        }
        tables.extend(top.get("patch").and_then(Value::as_object).into_iter().flatten().map(|(_, table)| table));
        for (name, wanted) in tables.into_iter().filter_map(Value::as_object).flatten() {
            let text = |key: &str| wanted.get(key).and_then(Value::as_str);
            self.name(Ecosystem::Rust, text("package").unwrap_or(name));
            if let Some(git) = text("git") {
                self.address(name, &format!("git+{git}"), text("rev").is_some_and(is_commit));
            }
            if wanted.as_str().or(text("version")) == Some("*") {
                self.any_version(name);
            }
        }
    }
}

/// Whether a reference names a commit by its whole hash; a short one or a branch can be moved or met by chance.
fn is_commit(reference: &str) -> bool {
    matches!(reference.len(), 40 | 64) && reference.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(name: &str, text: &str) -> Vec<(&'static str, String)> {
        let mut judged = Judged::default();
        judge(by_name(name).expect("a table"), text, &mut judged);
        assert_eq!(judged.gaps, [], "{name}");
        let what = |start: usize, end: usize| text[start..end].trim_matches(['"', '\'']).to_owned();
        judged.observations.iter().map(|one| (one.rule, what(one.start, one.end))).collect()
    }

    const COMMIT: &str = "8f4b7f84864484a7bf31766abe9204da3cbe65b3";

    #[test]
    fn python_projects_are_read() {
        let text = format!(
            "[project]\ndependencies = [\"requests>=2\", \"flask\", \"reqeusts==1\", \"a @ https://example.org/a.zip\", \"b @ git+https://example.org/b@{COMMIT}\"]\n\
             [project.optional-dependencies]\nx = [\"numpyy>1\"]\n[build-system]\nrequires = [\"setuptools\"]\n\
             [tool.poetry.dependencies]\npython = \"*\"\npandas = \"*\"\nc = {{ git = \"https://example.org/c.git\", branch = \"main\" }}\n\
             d = {{ git = \"https://example.org/d.git\", rev = \"{COMMIT}\" }}\n\
             [[tool.poetry.source]]\nname = \"x\"\nurl = \"http://packages.example.org/\"\n\
             [tool.uv.sources]\ne = {{ git = \"https://example.org/e.git\" }}\n"
        );
        let mut found = seen("pyproject.toml", &text);
        found.sort();
        let names: Vec<(&str, &str)> = found.iter().map(|(rule, what)| (*rule, what.as_str())).collect();
        assert_eq!(
            names,
            [
                ("lookalike-package", "numpyy"),
                ("lookalike-package", "reqeusts"),
                ("requirement-source", "a @ https://example.org/a.zip"),
                ("requirement-source", "c"),
                ("requirement-source", "e"),
                ("requirement-source", "http://packages.example.org/"),
                ("unpinned-requirement", "flask"),
                ("unpinned-requirement", "pandas"),
                ("unpinned-requirement", "setuptools"),
            ]
        );
    }

    #[test]
    fn locks_are_read() {
        let poetry = format!(
            "[[package]]\nname = \"requests\"\nversion = \"2\"\n[[package]]\nname = \"reqeusts\"\nversion = \"2\"\n\
             [[package]]\nname = \"gitted\"\n[package.source]\ntype = \"git\"\nurl = \"https://example.org/x.git\"\nresolved_reference = \"{COMMIT}\"\n\
             [[package]]\nname = \"moving\"\n[package.source]\ntype = \"git\"\nurl = \"https://example.org/y.git\"\nresolved_reference = \"main\"\n"
        );
        assert_eq!(
            seen("poetry.lock", &poetry),
            [("lookalike-package", "reqeusts".to_owned()), ("requirement-source", "moving".to_owned())]
        );
        let uv = "[[package]]\nname = \"six\"\nsource = { registry = \"https://example.org/simple\" }\n\
                  [[package]]\nname = \"odd\"\nsource = { registry = \"http://example.org/simple\" }\n\
                  [[package]]\nname = \"far\"\nsource = { url = \"https://example.org/far.zip\" }\n";
        assert_eq!(
            seen("uv.lock", uv),
            [("requirement-source", "odd".to_owned()), ("requirement-source", "far".to_owned())]
        );
        let pipfile = r#"{"_meta": {"sources": [{"url": "https://example.org/simple", "verify_ssl": false}]},
            "default": {"requests": {"version": "==2.0", "hashes": ["sha256:0"]}, "numpyy": {"version": "==1"}},
            "develop": {"x": {"git": "https://example.org/x.git", "ref": "main"}}}"#;
        assert_eq!(
            seen("Pipfile.lock".to_ascii_lowercase().as_str(), pipfile),
            [
                ("lookalike-package", "numpyy".to_owned()),
                ("requirement-source", "x".to_owned()),
                ("requirement-source", "https://example.org/simple".to_owned()),
            ]
        );
    }

    #[test]
    fn npm_is_read() {
        let manifest = format!(
            r#"{{"dependencies": {{"lodash": "^4", "loadash": "^4", "a": "user/repo", "b": "user/repo#{COMMIT}", "c": "*", "d": "file:../d",
            "e": "git+https://example.org/e.git", "f": "http://example.org/f.tgz", "g": "npm:expres@1", "@types/node": "1"}}}}"#
        );
        let mut found = seen("package.json", &manifest);
        found.sort();
        let names: Vec<(&str, &str)> = found.iter().map(|(rule, what)| (*rule, what.as_str())).collect();
        assert_eq!(
            names,
            [
                ("lookalike-package", "expres"),
                ("lookalike-package", "loadash"),
                ("requirement-source", "a"),
                ("requirement-source", "e"),
                ("requirement-source", "f"),
                ("unpinned-requirement", "c"),
            ]
        );
        let lock = r#"{"packages": {"": {"dependencies": {"lodash": "^4"}},
            "node_modules/lodash": {"version": "4", "resolved": "https://example.org/lodash.tgz", "integrity": "sha512-x"},
            "node_modules/plain": {"version": "4", "resolved": "http://example.org/plain.tgz", "integrity": "sha512-x"},
            "node_modules/a/node_modules/loadash": {"version": "4", "resolved": "https://example.org/loadash.tgz"}}}"#;
        let mut found = seen("package-lock.json", lock);
        found.sort();
        let rules: Vec<&str> = found.iter().map(|(rule, _)| *rule).collect();
        assert_eq!(rules, ["lookalike-package", "requirement-source", "requirement-source"], "{found:?}");
    }

    #[test]
    fn cargo_is_read() {
        let text = format!(
            "[dependencies]\nserde = \"1\"\ntokoi = \"1\"\nany = \"*\"\nx = {{ git = \"https://example.org/x\" }}\n\
             y = {{ git = \"https://example.org/y\", rev = \"{COMMIT}\" }}\nz = {{ package = \"tokoi\", version = \"1\" }}\n"
        );
        let mut found = seen("cargo.toml", &text);
        found.sort();
        let rules: Vec<&str> = found.iter().map(|(rule, _)| *rule).collect();
        let lookalike = "lookalike-package";
        assert_eq!(rules, [lookalike, lookalike, "requirement-source", "unpinned-requirement"], "{found:?}");
    }

    #[test]
    fn what_cannot_be_read_is_a_gap_and_nothing_recurses_without_end() {
        for (name, text) in [
            ("pyproject.toml", "[project\n".to_owned()),
            ("pyproject.toml", format!("x = {}", "[".repeat(100_000))),
            ("pyproject.toml", format!("{} = 1", vec!["a"; 100_000].join("."))),
            ("pyproject.toml", format!("x = {{ {} = 1 }}", vec!["a"; 100_000].join(" . "))),
            ("pyproject.toml", format!("[{}]", vec!["a"; 100_000].join("."))),
            ("package.json", "{\"a\":".repeat(100_000)),
            ("package-lock.json", "[".repeat(100_000)),
        ] {
            let mut judged = Judged::default();
            judge(by_name(name).expect("a table"), &text, &mut judged);
            assert_eq!(judged.gaps.len(), 1, "{name}: {:.40}", text);
        }
    }
}
