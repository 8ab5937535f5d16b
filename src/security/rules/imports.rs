//! Modules that are imported: evidence for the list of capabilities, hardly ever a finding.

use ruff_python_ast::{Expr, Stmt};

use super::{Rule, Sink, Site, Trigger};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::NodeRef;

pub(super) const IMPORT: Rule = Rule {
    id: "notable-import",
    title: "a module is imported that can do harm",
    aliases: &[
        "B401", "B402", "B403", "B404", "B405", "B406", "B407", "B408", "B409", "B410", "B411", "B412", "B413", "B415",
        "S401", "S402", "S403", "S404", "S405", "S406", "S407", "S408", "S409", "S410", "S411", "S412", "S413", "S415",
    ],
    category: Category::NetworkAccess,
    cwe: 0,
    severity: Severity::Note,
    help: "nothing to change: this only says what the code is able to do",
    triggers: &[
        Trigger::Import,
        Trigger::Call(&["builtins.__import__", "importlib.import_module", "importlib.__import__"]),
        Trigger::Call(CGI),
    ],
    check: import,
};

/// Classes that put request headers into the environment, where `HTTP_PROXY` means something else.
const CGI: &[&str] = &["wsgiref.handlers.CGIHandler", "twisted.web.twcgi.CGIScript", "twisted.web.twcgi.CGIDirectory"];

/// Each: how the name begins, the ids of the check, what it can do.
const MODULES: &[(&str, &[&str], &str)] = &[
    ("telnetlib", &["B401", "S401"], "talks Telnet"),
    ("ftplib", &["B402", "S402"], "talks FTP"),
    ("pickle", &["B403", "S403"], "rebuilds objects from data"),
    ("cPickle", &["B403", "S403"], "rebuilds objects from data"),
    ("dill", &["B403", "S403"], "rebuilds objects from data"),
    ("shelve", &["B403", "S403"], "rebuilds objects from data"),
    ("subprocess", &["B404", "S404"], "starts programs"),
    ("xml.etree.cElementTree", &["B405", "S405"], "parses XML"),
    ("xml.etree.ElementTree", &["B405", "S405"], "parses XML"),
    ("xml.sax", &["B406", "S406"], "parses XML"),
    ("xml.dom.expatbuilder", &["B407", "S407"], "parses XML"),
    ("xml.dom.minidom", &["B408", "S408"], "parses XML"),
    ("xml.dom.pulldom", &["B409", "S409"], "parses XML"),
    ("xmlrpc", &["B411", "S411"], "answers calls over the network"),
    ("wsgiref.handlers.CGIHandler", &["B412", "S412"], "lets a header set the proxy"),
    ("twisted.web.twcgi.CGIScript", &["B412", "S412"], "lets a header set the proxy"),
    ("twisted.web.twcgi.CGIDirectory", &["B412", "S412"], "lets a header set the proxy"),
    ("Crypto.Cipher", &["B413", "S413"], "is not maintained"),
    ("Crypto.Hash", &["B413", "S413"], "is not maintained"),
    ("Crypto.IO", &["B413", "S413"], "is not maintained"),
    ("Crypto.Protocol", &["B413", "S413"], "is not maintained"),
    ("Crypto.PublicKey", &["B413", "S413"], "is not maintained"),
    ("Crypto.Random", &["B413", "S413"], "is not maintained"),
    ("Crypto.Signature", &["B413", "S413"], "is not maintained"),
    ("Crypto.Util", &["B413", "S413"], "is not maintained"),
    ("pyghmi", &["B415", "S415"], "talks IPMI"),
];

fn import(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let report = |sink: &mut Sink<'_>, module: &str| {
        let first = module.as_bytes().first();
        let found = MODULES.iter().filter(|(name, _, _)| name.as_bytes().first() == first).find(|(name, _, _)| {
            module.strip_prefix(name).is_some_and(|rest| sink.is_full() || rest.is_empty() || rest.starts_with('.'))
        });
        if let Some((name, codes, what)) = found {
            sink.report_as(codes, site.range(), Severity::Note, Confidence::High, format!("`{name}` {what}"));
        }
        found.is_some()
    };
    match site.node {
        NodeRef::Stmt(Stmt::Import(import)) => {
            import.names.iter().any(|alias| report(sink, alias.name.as_str()));
        }
        NodeRef::Stmt(Stmt::ImportFrom(import)) => {
            // A relative import of a module that happens to have such a name is another module.
            let module = import.module.as_ref().map_or("", |module| module.as_str());
            if import.level == 0 || sink.is_full() {
                import.names.iter().any(|alias| {
                    let name = alias.name.as_str();
                    if module.is_empty() { report(sink, name) } else { report(sink, &format!("{module}.{name}")) }
                });
            }
        }
        NodeRef::Expr(Expr::Call(_)) if site.name.is_some_and(|name| CGI.contains(&name)) => {
            report(sink, site.name.unwrap_or(""));
        }
        NodeRef::Expr(Expr::Call(_)) => {
            if let Some(name) = site.first().and_then(|name| site.text(name)) {
                report(sink, &name);
            }
        }
        _ => {}
    }
}
