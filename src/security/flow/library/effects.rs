//! What functions elsewhere do with the data of their arguments.

use super::super::weakness::{Mask, Weakness};
use super::{HTML, PATHS, QUOTED};

/// What a function does with the data of its arguments.
pub(super) enum Effect {
    /// Nothing of it is left.
    Clean,
    /// It is passed on.
    Pass,
    /// It is passed on and harmless for these.
    Mark(Mask),
    /// A part of it is passed on.
    Part,
    /// A part of it that is harmless for these.
    MarkedPart(Mask),
}

pub(super) fn effect(name: &str) -> Option<Effect> {
    use Effect as E;
    let last = name.rsplit('.').next().unwrap_or(name);
    Some(match name {
        "html.escape"
        | "markupsafe.escape"
        | "flask.escape"
        | "cgi.escape"
        | "django.utils.html.escape"
        | "werkzeug.utils.escape"
        | "xml.sax.saxutils.escape"
        | "django.utils.html.conditional_escape"
        | "bleach.clean"
        | "nh3.clean"
        | "tornado.escape.xhtml_escape"
        | "bottle.html_escape"
        | "django.utils.html.strip_tags"
        | "django.utils.html.escapejs"
        | "jinja2.escape"
        | "lxml.html.clean.clean_html"
        | "bleach.linkify"
        | "django.utils.html.format_html"
        | "markupsafe.Markup.escape"
        | "pyramid.compat.escape" => E::Mark(HTML | Mask::of(Weakness::Xpath).without(Mask::of(Weakness::Xpath))),
        // A text that is HTML escapes what is put into it.
        "jinja2.escaping().render" | "jinja2.escaping().render_async" | "mako.escaping().render" | "mako.escaping().render_unicode" | "chameleon.PageTemplate().render" | "chameleon.PageTemplateFile().render" | "tornado.escaping().generate" | "django.template.Template().render" | "django.template.loader.get_template().render" | "markupsafe.Markup().format" | "flask.Markup().format" | "markupsafe.Markup().join" | "flask.Markup().join" => {
            E::Mark(HTML)
        }
        "xml.sax.saxutils.quoteattr" => E::Mark(HTML),
        "shlex.quote" | "pipes.quote" => E::Mark(Mask::of(Weakness::Command).and(Mask::OWN_QUOTES)),
        "urllib.parse.quote"
        | "urllib.parse.quote_plus"
        | "urllib.parse.urlencode"
        | "werkzeug.urls.url_quote"
        | "django.utils.http.urlquote"
        | "urllib.quote_plus" => E::Mark(QUOTED),
        "builtins.repr" | "builtins.ascii" => E::Mark(Mask::of_all(&[Weakness::Log, Weakness::Header])),
        "os.path.basename"
        | "werkzeug.utils.secure_filename"
        | "django.utils.text.get_valid_filename"
        | "ntpath.basename" => E::MarkedPart(PATHS),
        "werkzeug.utils.safe_join"
        | "flask.safe_join"
        | "werkzeug.security.safe_join"
        | "django.utils._os.safe_join" => E::Mark(PATHS),
        "os.path.realpath" | "os.path.abspath" | "os.path.normpath" => E::Mark(Mask::NORMAL),
        "ldap.filter.escape_filter_chars"
        | "ldap3.utils.conv.escape_filter_chars"
        | "ldap.dn.escape_dn_chars"
        | "ldap.filter.filter_format"
        | "ldap3.utils.dn.escape_rdn" => E::Mark(Mask::of(Weakness::Ldap)),
        "re.escape" => E::Mark(Mask::of(Weakness::Regex)),
        "django.utils.text.slugify" | "slugify.slugify" => E::Clean,
        "json.dumps" => E::Mark(Mask::of_all(&[Weakness::Log, Weakness::Header])),
        "ast.literal_eval" | "json.loads" | "yaml.safe_load" | "json.load" | "orjson.loads" | "ujson.loads"
        | "simplejson.loads" | "tomllib.loads" => E::Pass,
        "urllib.parse.urlparse"
        | "urllib.parse.urlsplit"
        | "urllib.parse.unquote"
        | "urllib.parse.unquote_plus"
        | "base64.b64decode"
        | "base64.b64encode"
        | "base64.urlsafe_b64decode"
        | "base64.urlsafe_b64encode"
        | "html.unescape"
        | "os.path.join"
        | "os.path.expanduser"
        | "os.path.expandvars"
        | "os.fspath"
        | "pathlib.Path"
        | "pathlib.PurePath"
        | "pathlib.PosixPath"
        | "codecs.decode"
        | "codecs.encode"
        | "copy.copy"
        | "copy.deepcopy"
        | "io.StringIO"
        | "io.BytesIO"
        | "typing.cast"
        | "urllib.parse.urljoin"
        | "urllib.parse.urlunparse"
        | "urllib.parse.urlunsplit"
        | "textwrap.dedent"
        | "builtins.str"
        | "builtins.bytes"
        | "builtins.format"
        | "builtins.bytearray"
        | "builtins.memoryview"
        | "builtins.iter"
        | "builtins.reversed"
        | "markupsafe.Markup"
        | "django.utils.safestring.mark_safe"
        | "unicodedata.normalize"
        | "base64.b32decode"
        | "base64.b16decode"
        | "binascii.unhexlify"
        | "bytes.fromhex"
        | "sqlalchemy.text"
        | "sqlalchemy.sql.text"
        | "sqlalchemy.sql.expression.text"
        | "flask.Markup"
        | "urllib.request.Request"
        | "yarl.URL"
        | "httpx.URL"
        | "zlib.decompress"
        | "gzip.decompress"
        | "os.fsdecode"
        | "os.fsencode"
        | "anyio.Path"
        | "shlex.join"
        | "shlex.split"
        | "urllib.parse.parse_qs"
        | "urllib.parse.parse_qsl"
        | "psycopg2.sql.SQL" => E::Pass,
        "os.path.splitext"
        | "os.path.dirname"
        | "os.path.split"
        | "os.path.commonpath"
        | "re.findall"
        | "re.split"
        | "mimetypes.guess_type" => E::Part,
        "re.sub" | "re.subn" => E::Pass,
        // Conditions hold their values apart from the expression.
        _ if name.starts_with("boto3.dynamodb.conditions.") => E::Mark(Mask::of(Weakness::NoSql)),
        "psycopg2.sql.Identifier" | "psycopg2.sql.Literal" | "psycopg2.sql.Placeholder" | "sqlalchemy.bindparam" => {
            E::Mark(Mask::of(Weakness::Sql))
        }
        "builtins.int"
        | "builtins.float"
        | "builtins.bool"
        | "builtins.len"
        | "builtins.ord"
        | "builtins.hash"
        | "builtins.id"
        | "builtins.isinstance"
        | "builtins.issubclass"
        | "builtins.hasattr"
        | "builtins.callable"
        | "builtins.type"
        | "builtins.any"
        | "builtins.all"
        | "builtins.abs"
        | "builtins.round"
        | "builtins.complex"
        | "uuid.UUID"
        | "decimal.Decimal"
        | "ipaddress.ip_address"
        | "ipaddress.ip_network"
        | "ipaddress.IPv4Address"
        | "fractions.Fraction"
        | "builtins.print"
        | "builtins.range"
        | "builtins.divmod"
        | "builtins.pow" => E::Clean,
        _ if name.starts_with("hashlib.")
            || name.starts_with("hmac.")
            || name.starts_with("datetime.")
            || name.starts_with("os.path.is")
            || name.starts_with("os.path.exists")
            || name.starts_with("os.path.get")
            || name.starts_with("time.")
            || name.starts_with("math.")
            || name.starts_with("logging.")
            || name.starts_with("secrets.")
            || name.starts_with("bcrypt.")
            || name.starts_with("requests.")
            || name.starts_with("httpx.")
            || name.starts_with("subprocess.")
            || name.starts_with("os.stat")
            || name.starts_with("sqlite3.")
            || name.starts_with("flask.render_template")
            || name.starts_with("flask.send_") =>
        {
            E::Clean
        }
        "flask.jsonify"
        // Templates of these escape what they print.
        | "bottle.static_file"
        | "django.template.loader.render_to_string"
        | "django.shortcuts.render_to_response"
        | "bottle.template"
        | "bottle.jinja2_template"
        | "flask.redirect"
        | "flask.url_for"
        | "flask.abort"
        | "django.http.JsonResponse"
        | "django.shortcuts.render"
        | "django.shortcuts.redirect"
        | "django.urls.reverse"
        | "os.listdir"
        | "os.scandir"
        | "os.walk"
        | "django.shortcuts.get_object_or_404"
        | "fastapi.responses.JSONResponse"
        | "fastapi.responses.ORJSONResponse"
        | "fastapi.responses.PlainTextResponse"
        | "fastapi.responses.RedirectResponse"
        | "fastapi.responses.FileResponse"
        | "fastapi.responses.HTMLResponse" => E::Clean,
        _ => match last {
            "secure_filename" | "basename" => E::MarkedPart(PATHS),
            "escape_filter_chars" | "escape_dn_chars" | "escape_rdn" => E::Mark(Mask::of(Weakness::Ldap)),
            "url_has_allowed_host_and_scheme" | "is_safe_url" => E::Clean,
            // Addresses of this site, with what is put into them encoded.
            "route_url" | "route_path" | "url_for" | "url_path_for" | "reverse_url" | "resource_url"
            | "resource_path" | "reverse" => E::Mark(QUOTED),
            // What stands behind the path of an address does not choose its host.
            "with_query" | "update_query" | "with_fragment" => {
                E::Mark(Mask::of_all(&[Weakness::Redirect, Weakness::Ssrf]))
            }
            // Files are sent as what they are.
            "serve_file" | "static_file" | "send_from_directory" | "send_file" | "FileResponse" => E::Clean,
            "filter" | "filter_by" | "first" | "one" | "one_or_none" | "get_or_404" | "first_or_404" | "scalar"
            | "scalars" | "exists" | "count" | "find_one" | "find" | "all" | "order_by" | "execute" | "executemany"
            | "commit" | "query" | "is_valid" | "validate" | "check_password" | "verify" | "hexdigest" | "digest"
            | "is_dir" | "is_file" | "save" | "create" | "get_or_create" | "write" | "index" | "search" | "match"
            | "fullmatch" | "stat" | "close" | "select" | "delete" | "insert" | "insert_one" | "isdigit"
            | "isalnum" | "isalpha" | "isnumeric" | "isspace" | "startswith" | "endswith" | "exec_command"
            | "authenticate" | "log" | "info" | "debug" | "warning" | "error" => E::Clean,
            "get" if name.contains(".objects") || name.contains("session.") || name.contains(".query.") => E::Clean,
            _ => return None,
        },
    })
}

/// Names of functions elsewhere that say that they make data harmless.
pub(super) fn is_sanitizer_name(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase();
    ["sanitize", "sanitise", "escape", "quote_identifier", "safe_filename", "clean_html", "slugify"]
        .iter()
        .any(|word| last.contains(word))
        && !last.contains("unescape")
}
