//! XML parsers.

use super::{Rule, Sink, Site, Trigger};
use crate::model::{Category, Confidence, Severity};

pub(super) const XML: Rule = Rule {
    id: "xml-parser",
    title: "XML is parsed by a parser that takes whatever it is given",
    aliases: &[
        "B313", "B314", "B315", "B316", "B317", "B318", "B319", "S313", "S314", "S315", "S316", "S317", "S318", "S319",
        "S320",
    ],
    category: Category::Injection,
    cwe: 611,
    severity: Severity::Note,
    help: "use defusedxml for documents from elsewhere",
    triggers: &[Trigger::Call(&[
        "xml.etree.cElementTree.parse",
        "xml.etree.cElementTree.iterparse",
        "xml.etree.cElementTree.fromstring",
        "xml.etree.cElementTree.XMLParser",
        "xml.etree.ElementTree.parse",
        "xml.etree.ElementTree.iterparse",
        "xml.etree.ElementTree.fromstring",
        "xml.etree.ElementTree.XMLParser",
        "xml.sax.expatreader.create_parser",
        "xml.dom.expatbuilder.parse",
        "xml.dom.expatbuilder.parseString",
        "xml.sax.parse",
        "xml.sax.parseString",
        "xml.sax.make_parser",
        "xml.dom.minidom.parse",
        "xml.dom.minidom.parseString",
        "xml.dom.pulldom.parse",
        "xml.dom.pulldom.parseString",
    ])],
    check: |site, sink| {
        let name = site.name.unwrap_or("");
        let codes: &'static [&'static str] = match name.rsplit_once('.').map_or(name, |(module, _)| module) {
            "xml.etree.cElementTree" => &["B313", "S313"],
            "xml.etree.ElementTree" => &["B314", "S314"],
            "xml.sax.expatreader" => &["B315", "S315"],
            "xml.dom.expatbuilder" => &["B316", "S316"],
            "xml.sax" => &["B317", "S317"],
            "xml.dom.minidom" => &["B318", "S318"],
            _ => &["B319", "S319"],
        };
        // Since expat 2.4.1 entities that grow are stopped, and external entities are off since Python 3.7.1.
        sink.report_as(
            codes,
            site.range(),
            Severity::Note,
            Confidence::Low,
            "XML is parsed: old versions of expat can be made to use all memory",
        );
    },
};

pub(super) const EXTERNAL: Rule = Rule {
    id: "xml-external-entities",
    title: "an XML parser follows external entities",
    aliases: &[],
    category: Category::Injection,
    cwe: 611,
    severity: Severity::High,
    help: "leave external entities off; with lxml pass `resolve_entities=False, no_network=True`",
    triggers: &[
        Trigger::Method(&["setFeature"]),
        Trigger::Call(&["lxml.etree.XMLParser", "lxml.etree.XMLTreeBuilder"]),
    ],
    check: external,
};

fn external(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    let severity = if site.file.test_code { Severity::Note } else { Severity::High };
    if site.name.is_some_and(|name| name.starts_with("lxml.")) {
        let on = |name: &str| site.keyword(name).is_some_and(|value| site.is_true(value));
        let off = |name: &str| site.keyword(name).is_some_and(|value| site.is_false(value));
        if on("load_dtd") && !off("resolve_entities")
            || off("no_network")
            || on("huge_tree") && !off("resolve_entities")
            || on("resolve_entities")
        {
            sink.report(site.range(), severity, Confidence::Medium, "the parser loads what a document names");
        }
        return;
    }
    let [feature, value] = &*call.arguments.args else { return };
    let resolved = site.resolve(feature);
    let external = resolved
        .as_deref()
        .is_some_and(|name| name.ends_with("feature_external_ges") || name.ends_with("feature_external_pes"))
        || site.text(feature).is_some_and(|text| {
            text.contains("external-general-entities") || text.contains("external-parameter-entities")
        });
    if external && site.is_true(value) {
        sink.report(
            site.range(),
            severity,
            Confidence::High,
            "the parser loads what a document names: files of this machine and addresses in its network",
        );
    }
}
