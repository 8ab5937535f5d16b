//! What handlers answer: pages, headers, and where they send the client.

use std::rc::Rc;

use ruff_text_size::TextRange;

use super::super::calls::Arguments;
use super::super::interpret::Interpreter;
use super::super::sources::SourceKind;
use super::super::state::{Object, Sequence};
use super::super::values::{Const, Kind, ObjectId, Taint, Value};
use super::super::weakness::Weakness;
use super::ANSWER;

impl Interpreter<'_> {
    /// `response.text = …` with `response.content_type = "text/html"`, in whichever order.
    pub fn answer_sink(&mut self, id: ObjectId, attribute: &str, range: TextRange) {
        if !matches!(attribute, "text" | "body" | "data" | "content_type") {
            return;
        }
        let Some(Object::Foreign { name, attributes }) = self.state.object(id).map(Rc::as_ref) else { return };
        let kind = attributes.get("content_type");
        let page = match name.as_ref() {
            ANSWER => kind.is_some_and(says_html),
            "pyramid.response.Response()" | "webob.Response()" => kind.is_none_or(says_html),
            _ => false,
        };
        if !page {
            return;
        }
        let shown = ["text", "body", "data"].iter().filter_map(|part| attributes.get(*part));
        let taint = shown.fold(Taint::NONE, |all, value| all.union(&value.taint));
        self.hit(Weakness::Xss, &taint, range, "the response");
    }

    /// `Response(…, headers={…})`
    pub(super) fn check_headers(&mut self, name: &str, arguments: &Arguments) {
        let Some(headers) = arguments.keyword("headers").filter(|_| name.ends_with("Response")) else { return };
        let Kind::Object(id) = headers.kind else { return };
        let Some(Object::Dict { items, .. }) = self.state.object(id).map(Rc::as_ref) else { return };
        for (key, value) in items.clone() {
            let location = matches!(&key, Const::Str(key) if key.eq_ignore_ascii_case("location"));
            let taint = self.taint_of(&value);
            self.hit(if location { Weakness::Redirect } else { Weakness::Header }, &taint, arguments.range, name);
        }
    }

    /// What a handler returns.
    pub fn handler_returns(&mut self, value: &Value, range: TextRange) {
        let Some(route) = self.frames.last().and_then(|frame| frame.route.clone()) else { return };
        if route.kind != SourceKind::Web {
            return;
        }
        let function = self.frames.last().and_then(|frame| frame.function);
        let name = function.and_then(|id| self.functions.get(id as usize)).map_or("", |function| function.name);
        if matches!(name, "get_redirect_url" | "get_success_url") {
            let taint = value.taint.clone();
            self.hit(Weakness::Redirect, &taint, range, name);
            return;
        }
        if !route.page {
            self.function_answers(value, range);
            return;
        }
        if self.answers_plainly() {
            return;
        }
        for alternative in value.alternatives().to_vec() {
            let shown = match &alternative.kind {
                Kind::Object(id) => match self.state.object(*id).map(Rc::as_ref) {
                    Some(Object::Sequence { sort: Sequence::Tuple, items, .. }) => {
                        let json = items.iter().skip(1).any(|item| self.says_no_page(item));
                        if json { None } else { items.first().cloned() }
                    }
                    Some(Object::Foreign { name, attributes }) if name.contains("Response") => {
                        let kind = attributes
                            .get("mimetype")
                            .or_else(|| attributes.get("content_type"))
                            .or_else(|| attributes.get("[Content-Type]"))
                            .cloned()
                            .or_else(|| self.header_of(attributes.get("headers"), "[Content-Type]"));
                        let plain = kind
                            .as_ref()
                            .and_then(Value::as_str)
                            .is_some_and(|kind| !kind.contains("html") && !kind.contains("svg"));
                        let data = attributes.get("data").map_or(Taint::NONE, |data| data.taint.clone());
                        if plain { None } else { Some(Value::string(alternative.taint.union(&data))) }
                    }
                    _ => None,
                },
                _ => Some(alternative.clone()),
            };
            if let Some(shown) = shown
                && !matches!(shown.kind, Kind::Object(_))
                && shown.as_name().is_none_or(|name| !name.contains("json") || name.contains("[]"))
            {
                let taint = shown.taint.clone();
                self.hit(Weakness::Xss, &taint, range, "the response");
            }
        }
    }

    /// Whether the view whose method runs shows what it answers as a page: `renderer_classes = [StaticHTMLRenderer]`.
    pub(super) fn renders_html(&mut self) -> bool {
        let Some(class) = self.frames.last().and_then(|frame| frame.class) else { return false };
        let Some((renderers, _)) = self.class_attribute(class, "renderer_classes", 4) else { return false };
        let renderers = self.exact_elements(&renderers, 8).unwrap_or_default();
        renderers.iter().filter_map(Value::as_name).any(|name| name.ends_with("StaticHTMLRenderer"))
    }

    /// The handler says of what type its answer is.
    pub(super) fn answers_with(&mut self, kind: &Value) {
        if let Some(id) = self.answer {
            self.keep(id, "content_type", kind.clone());
        }
    }

    /// Whether the answer is of a type that browsers do not show as a page.
    pub(super) fn answers_plainly(&self) -> bool {
        let Some(Object::Foreign { attributes, .. }) = self.answer.and_then(|id| self.state.object(id)).map(Rc::as_ref)
        else {
            return false;
        };
        attributes
            .get("content_type")
            .and_then(Value::as_str)
            .is_some_and(|kind| !kind.contains("html") && !kind.contains("svg") && !kind.contains("xml"))
    }

    fn header_of(&self, headers: Option<&Value>, label: &str) -> Option<Value> {
        let Kind::Object(id) = headers?.kind else { return None };
        match self.state.object(id)?.as_ref() {
            Object::Foreign { attributes, .. } => attributes.get(label).cloned(),
            _ => None,
        }
    }

    /// `{"statusCode": …, "headers": {"Content-Type": "text/html"}, "body": …}`: the answer of a function of a cloud.
    fn function_answers(&mut self, value: &Value, range: TextRange) {
        let Kind::Object(id) = value.kind else { return };
        let Some(Object::Dict { items, .. }) = self.state.object(id).map(Rc::as_ref) else { return };
        let item = |name: &str| items.iter().find(|(key, _)| matches!(key, Const::Str(key) if key.as_ref() == name));
        let Some((_, headers)) = item("headers") else { return };
        let Kind::Object(headers) = headers.kind else { return };
        let body = item("body").map_or(Taint::NONE, |(_, body)| body.taint.clone());
        let Some(Object::Dict { items: headers, .. }) = self.state.object(headers).map(Rc::as_ref) else { return };
        let location = headers
            .iter()
            .find(|(key, _)| matches!(key, Const::Str(key) if key.eq_ignore_ascii_case("location")))
            .map_or(Taint::NONE, |(_, value)| value.taint.clone());
        let page = headers.iter().any(|(key, value)| {
            matches!(key, Const::Str(key) if key.eq_ignore_ascii_case("content-type"))
                && value.as_str().is_some_and(|kind| kind.contains("html"))
        });
        if page {
            self.hit(Weakness::Xss, &body, range, "the response");
        }
        self.hit(Weakness::Redirect, &location, range, "the response");
    }

    /// `{"Content-Type": "text/html"}`
    pub(super) fn headers_say_page(&self, headers: &Value) -> bool {
        let Kind::Object(id) = headers.kind else { return false };
        let Some(Object::Dict { items, .. }) = self.state.object(id).map(Rc::as_ref) else { return false };
        items.iter().any(|(key, value)| {
            matches!(key, Const::Str(key) if key.eq_ignore_ascii_case("content-type")) && says_html(value)
        })
    }

    fn says_no_page(&self, value: &Value) -> bool {
        let Kind::Object(id) = value.kind else { return false };
        let Some(Object::Dict { items, .. }) = self.state.object(id).map(Rc::as_ref) else { return false };
        items.iter().any(|(key, value)| {
            matches!(key, Const::Str(key) if key.eq_ignore_ascii_case("content-type"))
                && value.as_str().is_some_and(|kind| !kind.contains("html"))
        })
    }
}

/// Whether a type of content is a page: `"text/html"`, `MediaType.HTML`.
pub(super) fn says_html(kind: &Value) -> bool {
    kind.as_str().is_some_and(|kind| kind.contains("html") || kind.contains("svg"))
        || kind.as_name().is_some_and(|name| name.ends_with(".HTML") || name.ends_with("MEDIA_HTML"))
}

/// Whether a template prints a variable without escaping it: `{{ name|safe }}`.
pub(super) fn prints_raw(template: &str, variable: &str) -> bool {
    template.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")).any(|(printed, _)| {
        let mut parts = printed.split('|').map(str::trim);
        parts.next() == Some(variable) && parts.any(|filter| filter == "safe")
    })
}
