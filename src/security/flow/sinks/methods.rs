//! Methods that do harm, whatever the module.

use super::super::calls::Arguments;
use super::super::interpret::Interpreter;
use super::super::sources::{REQUEST, SESSION};
use super::super::values::{Kind, Taint, Value};
use super::super::weakness::{Mask, Weakness};

pub(super) fn is_ldap(owner: &str) -> bool {
    owner.contains("ldap")
        || owner.starts_with("?conn")
        || owner.contains("Connection(")
        || owner.contains("get_connection")
}

pub fn is_mongo(owner: &str) -> bool {
    owner.contains("pymongo")
        || owner.contains("mongo")
        || owner.contains("db")
        || owner.contains("collection")
        || owner.contains("motor")
}

pub(super) fn is_client(owner: &str) -> bool {
    matches!(
        owner,
        "requests.Session()"
            | "requests.session()"
            | "httpx.Client()"
            | "httpx.AsyncClient()"
            | "aiohttp.ClientSession()"
            | "urllib3.PoolManager()"
            | "urllib3.ProxyManager()"
            | "tornado.httpclient.AsyncHTTPClient()"
            | "?client"
            | "?http_client"
            | "urllib.request.build_opener()"
            | "aiohttp"
            | "aiohttp.request"
            | "?self.client"
            | "?self.http"
            | "?http"
    )
}

/// Whether something is a table of pandas, whose queries are code.
fn is_frame(owner: &str) -> bool {
    owner.contains("DataFrame(") || owner.starts_with("pandas.read_") || owner == "?df" || owner.ends_with(".df")
}

pub(super) fn looks_like_sql(value: &Value) -> bool {
    let text = match &value.kind {
        Kind::Text(Some(prefix)) => prefix.as_ref(),
        Kind::Const(constant) => match constant.as_text() {
            Some(text) => text.as_ref(),
            None => return false,
        },
        Kind::Name(_) | Kind::Unknown => return false,
        _ => return value.taint.is_some(),
    };
    let start: String = text.trim_start().chars().take(8).collect::<String>().to_ascii_uppercase();
    ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH ", "CALL", "CREATE", "DROP", "ALTER"]
        .iter()
        .any(|word| start.starts_with(word))
}

/// Whether a text begins as a query of a graph database does.
fn looks_like_cypher(value: &Value) -> bool {
    let text = match &value.kind {
        Kind::Text(Some(prefix)) => prefix.as_ref(),
        _ => return false,
    };
    let start = text.trim_start();
    let pattern = |word: &str| {
        start.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
            && start.get(word.len()..).is_some_and(|rest| rest.trim_start().starts_with('('))
    };
    ["MATCH", "MERGE", "CREATE", "OPTIONAL MATCH"].iter().any(|word| pattern(word))
}

pub(super) fn starts_upper(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
}

impl<'a> Interpreter<'a> {
    /// Methods of objects whose type is told by the name of the method, and by little else.
    pub(super) fn check_method(&mut self, name: &str, receiver: Option<&Value>, arguments: &Arguments) {
        let Some((owner, method)) = name.rsplit_once('.') else { return };
        let first = arguments.positional.first().cloned();
        let first_taint = first.as_ref().map_or(Taint::NONE, |value| self.taint_of(value));
        let range = arguments.range;
        let flask = owner == "flask" || owner.starts_with("flask.");
        match method {
            "execute" | "executemany" | "executescript" | "execute_sql" | "exec_driver_sql" | "mogrify"
            | "read_sql" | "read_sql_query" | "executeQuery" => {
                if !owner.starts_with("concurrent.") {
                    let query = arguments.get(0, "sql").or_else(|| arguments.get(0, "query")).cloned();
                    let taint = query.as_ref().map_or(Taint::NONE, |value| self.taint_of(value));
                    if let Some(query) = &query {
                        let harmless = self.is_harmless(query, &taint, Weakness::Sql);
                        self.judge_place(range, harmless);
                    }
                    self.hit(Weakness::Sql, &taint, range, name);
                }
            }
            "set_password" => {
                let looks = |text: &str| ["validate_password", "is_valid()"].iter().any(|word| text.contains(word));
                if !self.library.unit(self.unit()).is_none_or(|unit| looks(&unit.source.text)) {
                    self.hit(Weakness::Password, &first_taint, range, name);
                }
            }
            "raw" | "extra" | "RawSQL" | "from_statement" if !owner.starts_with("os") => {
                let mut taint = first_taint.clone();
                if method == "extra" {
                    let named = arguments.named.iter().filter(|(name, _)| !name.ends_with("params"));
                    for value in arguments.positional.iter().chain(named.map(|(_, value)| value)) {
                        taint = taint.union(&self.taint_of(value));
                    }
                }
                if let Some(query) = arguments.positional.first().or(arguments.keyword("where")).cloned() {
                    let known = match self.exact_elements(&query, 8) {
                        Some(parts) => parts.iter().all(Value::is_constant),
                        None => query.is_constant(),
                    };
                    let harmless =
                        if taint.is_some() { self.is_harmless(&query, &taint, Weakness::Sql) } else { known };
                    self.judge_place(range, harmless);
                }
                self.hit(Weakness::Sql, &taint, range, name);
            }
            "fetch" | "fetchrow" | "fetchval" | "fetch_all" | "fetch_one" | "fetch_val" | "prepare" | "cursor" => {
                if is_client(owner) {
                    self.hit(Weakness::Ssrf, &first_taint, range, name);
                } else if first.as_ref().is_some_and(looks_like_sql) {
                    self.hit(Weakness::Sql, &first_taint, range, name);
                }
            }
            "create" | "update" | "update_or_create" | "get_or_create" | "filter" | "exclude" | "get"
                if owner.ends_with(".objects") || method == "update" && owner.contains(".objects.") =>
            {
                self.check_mass(arguments, name);
            }
            "filter" | "order_by" | "having" | "where" | "group_by" => {
                if first.as_ref().is_some_and(|value| matches!(value.kind, Kind::Text(Some(_))))
                    && owner.contains("query")
                {
                    self.hit(Weakness::Sql, &first_taint, range, name);
                }
            }
            // `exec_run` of a container splits a text at its blanks; a list stays as it is.
            "exec_run" if !first.as_ref().is_some_and(|value| matches!(value.kind, Kind::Text(_))) => {
                if let Some(command) = first.filter(|value| matches!(value.kind, Kind::Object(_))) {
                    self.check_process(&command, false, range, name);
                }
            }
            // What a service runs on other machines.
            "send_command" if arguments.keyword("Parameters").is_some() => {
                let commands = arguments.keyword("Parameters").map_or(Taint::NONE, |value| self.taint_of(value));
                self.hit(Weakness::Command, &commands, range, name);
            }
            "exec_command" | "send_command" | "exec_run" => {
                if let Some(command) = &first {
                    let harmless = self.is_harmless(command, &first_taint, Weakness::Command);
                    self.judge_place(range, harmless);
                }
                self.hit(Weakness::Command, &first_taint, range, name);
            }
            "search" | "search_s" | "search_st" | "search_ext" | "search_ext_s" | "paged_search"
                if is_ldap(owner) || method != "search" =>
            {
                let mut taint = Taint::NONE;
                for value in arguments.positional.iter().take(3) {
                    taint = taint.union(&self.taint_of(value));
                }
                for word in ["search_base", "search_filter", "filterstr", "base"] {
                    if let Some(value) = arguments.keyword(word) {
                        taint = taint.union(&self.taint_of(value));
                    }
                }
                self.hit(Weakness::Ldap, &taint, range, name);
            }
            "simple_bind_s" | "bind_s" | "delete_s" | "modify_s" | "add_s" | "compare_s" => {
                self.hit(Weakness::Ldap, &first_taint, range, name);
                if matches!(method, "simple_bind_s" | "bind_s") {
                    // It raised unless the password was the one of this name.
                    let proven = self.facts_about(&Value::string(first_taint), Mask::of(Weakness::Trust));
                    self.state.assume(&proven);
                }
            }
            "xpath" | "xpathEval" => self.hit(Weakness::Xpath, &first_taint, range, name),
            "find" | "findall" | "iterfind" | "findtext" => {
                if owner.contains("etree")
                    || owner.contains("ElementTree")
                    || owner.contains("root")
                    || owner.contains("tree")
                {
                    self.hit(Weakness::Xpath, &first_taint, range, name);
                } else if is_mongo(owner) {
                    self.check_mongo(first.as_ref(), range, name);
                }
            }
            "find_one"
            | "find_one_and_update"
            | "find_one_and_delete"
            | "delete_one"
            | "delete_many"
            | "update_one"
            | "update_many"
            | "count_documents"
            | "aggregate"
            | "find_one_and_replace"
            | "find_one_or_404"
            | "replace_one" => {
                self.check_mongo(first.as_ref(), range, name);
                if method.contains("update") || method.contains("replace") {
                    self.check_mongo(arguments.positional.get(1).or(arguments.keyword("update")), range, name);
                }
            }
            "select" | "get" | "exists" if owner.starts_with("pony.") => {
                self.hit(Weakness::Sql, &first_taint, range, name);
            }
            "run" | "local" | "sudo" if owner.starts_with("fabric.") || owner.starts_with("invoke.") => {
                self.hit(Weakness::Command, &first_taint, range, name);
            }
            // Cypher, the language of graph databases.
            "run" | "execute_query" | "execute_read" | "execute_write"
                if first.as_ref().is_some_and(looks_like_cypher) =>
            {
                self.hit(Weakness::NoSql, &first_taint, range, name);
            }
            // A script for the database.
            "eval" | "register_script" if owner.contains("redis") || owner.contains("Redis(") => {
                self.hit(Weakness::NoSql, &first_taint, range, name);
            }
            "query" | "eval" if is_frame(owner) => self.hit(Weakness::Code, &first_taint, range, name),
            "set_cookie" | "set_signed_cookie" | "set_secure_cookie" => self.check_cookie(owner, arguments, name),
            "add_cookie" => {
                let off = |word: &str| arguments.keyword(word).is_some_and(|flag| self.truth(flag) == Some(false));
                if off("secure") || off("httponly") {
                    self.plain_hit(Weakness::Cookie, range, name);
                }
            }
            // A sandbox keeps a template from what is none of its business.
            "from_string" if owner.contains("SandboxedEnvironment") => {}
            "from_string" => self.hit(Weakness::Template, &first_taint, range, name),
            "format" | "format_map" => {
                if let Some(receiver) = receiver
                    && receiver.as_str().is_none()
                    && receiver.taint.is_some()
                {
                    let taint = receiver.taint.clone();
                    self.hit(Weakness::Format, &taint, range, "str.format");
                }
            }
            "extractall" | "extract" => self.check_extract(owner, receiver, arguments, name),
            "open" | "read_text" | "read_bytes" | "write_text" | "write_bytes" | "unlink" | "mkdir" | "rmdir"
            | "touch" | "iterdir" | "rename" | "symlink_to" | "hardlink_to" | "chmod" | "glob" | "rglob" | "exists"
            | "is_file" | "stat"
                if owner.starts_with("pathlib.") || owner.starts_with("anyio.Path") =>
            {
                if !matches!(method, "exists" | "is_file" | "stat")
                    && let Some(receiver) = receiver
                {
                    let taint = self.taint_of(receiver);
                    self.hit(Weakness::Path, &taint, range, name);
                }
            }
            "download_file" if owner.contains("boto3") || owner.contains("s3") => {
                let target = arguments.get(2, "Filename").map_or(Taint::NONE, |value| self.taint_of(value));
                self.hit(Weakness::Path, &target, range, name);
            }
            "upload_file" if owner.contains("boto3") || owner.contains("s3") => {
                let source = arguments.get(0, "Filename").map_or(Taint::NONE, |value| self.taint_of(value));
                self.hit(Weakness::Path, &source, range, name);
            }
            // Files of the other machine, and of this one.
            "get" | "put" | "open" | "remove" | "rename" | "mkdir" | "rmdir" | "listdir"
                if owner.contains("sftp") || owner.contains("SFTP") =>
            {
                let paths = arguments.positional.iter().take(2);
                let taint = paths.fold(Taint::NONE, |all, path| all.union(&self.taint_of(path)));
                self.hit(Weakness::Path, &taint, range, name);
            }
            "build" if owner.ends_with(".images") => {
                let folder = arguments.keyword("path").map_or(Taint::NONE, |value| self.taint_of(value));
                self.hit(Weakness::Path, &folder, range, name);
            }
            "update" if owner.ends_with(".__dict__") => self.hit(Weakness::Mass, &first_taint, range, name),
            "save" => {
                // Uploads are saved where the caller says.
                if owner.contains(".files")
                    || owner.contains(".FILES")
                    || owner.starts_with("?file")
                    || owner.starts_with("?.")
                    || owner.contains("Storage")
                    || owner.contains("upload")
                {
                    self.hit(Weakness::Path, &first_taint, range, name);
                }
            }
            "write" | "finish" | "send_error"
                if (owner.contains("RequestHandler") || owner.starts_with("tornado")) && !owner.contains(".wfile") =>
            {
                if method != "send_error"
                    && !self.answers_plainly()
                    && !matches!(first.as_ref().map(|value| &value.kind), Some(Kind::Object(_)))
                {
                    self.hit(Weakness::Xss, &first_taint, range, name);
                }
            }
            "write"
                if owner.contains(".wfile") && !owner.starts_with("socketserver.")
                    || owner == "fastapi.responses.HTMLResponse()"
                    || owner.contains("HttpResponse()") =>
            {
                if !self.answers_plainly() {
                    self.hit(Weakness::Xss, &first_taint, range, name);
                }
            }
            "redirect"
                if owner.contains("RequestHandler")
                    || owner.starts_with("?self")
                    || owner.contains("?response")
                    || owner == REQUEST =>
            {
                self.hit(Weakness::Redirect, &first_taint, range, name);
            }
            "get" | "post" | "put" | "patch" | "head" | "request" | "urlopen" | "delete" | "stream" | "ws_connect"
            | "fetch_url" => {
                if is_client(owner) {
                    let at = usize::from(matches!(method, "request" | "stream"));
                    let value = arguments.get(at, "url").cloned();
                    let taint = value.map_or(Taint::NONE, |value| self.taint_of(&value));
                    self.hit(Weakness::Ssrf, &taint, range, name);
                }
            }
            "write" | "writelines" if owner == super::LOG_FILE => {
                let lines = first.as_ref().map_or(Taint::NONE, |line| self.taint_of(line));
                self.hit(Weakness::Log, &lines, range, name);
            }
            "debug" | "info" | "warning" | "warn" | "error" | "exception" | "critical" | "log" => {
                if owner == "logging" || owner.contains("logger") || owner.contains("log") || owner.contains("Logger") {
                    let mut taint = Taint::NONE;
                    // `%r` shows line ends as what they are.
                    let shown = first
                        .as_ref()
                        .and_then(Value::as_str)
                        .is_some_and(|text| text.contains("%r") && !text.contains("%s"));
                    for value in arguments.all().filter(|_| !shown) {
                        taint = taint.union(&self.taint_of(value));
                    }
                    self.hit(Weakness::Log, &taint, range, name);
                }
            }
            "set_header" | "add_header" | "send_header" | "setdefault" | "set" | "add" | "__setitem__"
                if owner.ends_with(".headers") || method.ends_with("_header") =>
            {
                let mut taint = Taint::NONE;
                for value in arguments.positional.iter().take(2) {
                    taint = taint.union(&self.taint_of(value));
                }
                let named = |wanted: &str| {
                    first.as_ref().and_then(Value::as_str).is_some_and(|name| name.eq_ignore_ascii_case(wanted))
                };
                let location = named("location");
                if named("content-type")
                    && let Some(kind) = arguments.positional.get(1)
                {
                    self.answers_with(kind);
                }
                self.hit(if location { Weakness::Redirect } else { Weakness::Header }, &taint, range, name);
            }
            "update" | "setdefault" | "__setitem__" if owner == SESSION => {
                let mut taint = Taint::NONE;
                for value in arguments.all() {
                    taint = taint.union(&self.taint_of(value));
                }
                self.hit(Weakness::Trust, &taint, range, name);
            }
            "md5" | "sha1" | "new" if owner == "hashlib" && method != "new" => {}
            _ => {}
        }
        if !flask && !owner.contains("objects") && starts_upper(method) {
            self.check_mass(arguments, name);
        }
    }

    /// Fields that a client names, set all at once.
    pub fn check_mass(&mut self, arguments: &Arguments, name: &str) {
        if let Some(stars) = &arguments.stars
            && !name.starts_with("django.http")
        {
            let taint = stars.taint.clone();
            let whole = taint.map(|flow| {
                let certain = !Mask::UNCERTAIN.within(flow.clean);
                certain.then_some(*flow)
            });
            if name.contains("objects") || name.contains("odel") {
                self.hit(Weakness::Mass, &whole, arguments.range, name);
            }
        }
    }

    pub(super) fn check_cookie(&mut self, owner: &str, arguments: &Arguments, name: &str) {
        let mut taint = Taint::NONE;
        for (position, word) in [(0, "key"), (1, "value")] {
            if let Some(value) = arguments.get(position, word) {
                taint = taint.union(&self.taint_of(value));
            }
        }
        // What is signed comes back as it was.
        let signed = arguments.keyword("secret").is_some()
            || name.ends_with("set_signed_cookie")
            || name.ends_with("set_secure_cookie");
        if !signed {
            self.hit(Weakness::CookieValue, &taint, arguments.range, name);
        }
        self.hit_random(&taint, arguments.range, name);
        // A cookie that is removed protects nothing.
        if arguments.get(1, "value").and_then(Value::as_str) == Some("") {
            return;
        }
        let off = |value: Option<&Value>| value.is_some_and(|value| self.truth(value) == Some(false));
        let secure = arguments.get(6, "secure").or_else(|| arguments.keyword("secure"));
        let plain = off(secure) || secure.is_none() && arguments.stars.is_none();
        // Pages may have to read a cookie: only what is said counts.
        let shown = off(arguments.get(7, "httponly").or_else(|| arguments.keyword("httponly")));
        if (plain || shown) && !owner.contains("test") {
            self.plain_hit(Weakness::Cookie, arguments.range, name);
        }
    }

    pub(super) fn check_extract(&mut self, owner: &str, receiver: Option<&Value>, arguments: &Arguments, name: &str) {
        let filtered = arguments.keyword("filter").is_some() || arguments.keyword("members").is_some();
        if owner.contains("tarfile") && !filtered {
            let taint = receiver.map_or(Taint::NONE, |receiver| self.taint_of(receiver));
            self.hit(Weakness::Archive, &taint, arguments.range, name);
        }
        if let Some(folder) = arguments.keyword("path") {
            let taint = self.taint_of(folder);
            self.hit(Weakness::Path, &taint, arguments.range, name);
        }
    }
}
