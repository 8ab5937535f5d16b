//! Functions that do harm with what they are given.

use super::super::weakness::Weakness;

/// Where the data of a call must not come from outside.
#[derive(Clone, Copy)]
pub(super) enum At {
    /// At this position, or by this name.
    Argument(usize, &'static str),
    /// Anywhere.
    Any,
    /// All positions from this one.
    From(usize),
}

/// Calls by their full name.
pub(super) fn call_sinks(name: &str) -> &'static [(Weakness, At)] {
    use At::{Any, Argument as Arg, From};
    use Weakness as W;
    match name {
        "os.system"
        | "os.popen"
        | "commands.getoutput"
        | "commands.getstatusoutput"
        | "subprocess.getoutput"
        | "subprocess.getstatusoutput"
        | "asyncio.create_subprocess_shell"
        | "popen2.popen2"
        | "popen2.popen3"
        | "pexpect.run"
        | "pexpect.spawn"
        | "os.popen2"
        | "os.popen3"
        | "asyncio.subprocess.create_subprocess_shell"
        | "pty.spawn"
        | "invoke.run"
        | "fabric.api.run"
        | "fabric.api.local"
        | "fabric.operations.run"
        | "fabric.operations.local" => &[(W::Command, Arg(0, "cmd")), (W::Command, Arg(0, "command"))],
        "os.execl" | "os.execle" | "os.execlp" | "os.execlpe" | "os.execv" | "os.execve" | "os.execvp"
        | "os.execvpe" | "os.posix_spawn" | "os.posix_spawnp" | "os.startfile" => &[(W::Command, Any)],
        "os.spawnl" | "os.spawnle" | "os.spawnlp" | "os.spawnlpe" | "os.spawnv" | "os.spawnve" | "os.spawnvp"
        | "os.spawnvpe" => &[(W::Command, From(1))],
        "asyncio.create_subprocess_exec" | "asyncio.subprocess.create_subprocess_exec" => {
            &[(W::Command, Arg(0, "program"))]
        }
        "tornado.process.Subprocess" => &[(W::Command, Arg(0, "args"))],
        "docker.from_env().containers.run" | "docker.DockerClient().containers.run" => {
            &[(W::Command, Arg(0, "image")), (W::Command, Arg(1, "command"))]
        }
        "builtins.eval"
        | "builtins.exec"
        | "builtins.compile"
        | "builtins.__import__"
        | "importlib.import_module"
        | "code.interact"
        | "timeit.timeit"
        | "timeit.repeat"
        | "runpy.run_path"
        | "runpy.run_module"
        | "pandas.eval"
        | "numexpr.evaluate"
        | "types.FunctionType"
        | "cProfile.run"
        | "trace.Trace().run"
        | "code.InteractiveInterpreter().runcode"
        | "code.InteractiveInterpreter().runsource"
        | "_xxsubinterpreters.run_string"
        | "_testcapi.run_in_subinterp"
        | "code.InteractiveConsole().push"
        | "test.support.run_in_subinterp"
        | "execjs.eval"
        | "sympy.sympify" => &[(W::Code, Arg(0, "source"))],
        "builtins.open"
        | "io.open"
        | "codecs.open"
        | "os.open"
        | "os.remove"
        | "os.unlink"
        | "os.mkdir"
        | "os.makedirs"
        | "os.rmdir"
        | "os.removedirs"
        | "os.listdir"
        | "os.scandir"
        | "os.walk"
        | "os.stat"
        | "os.chmod"
        | "os.chown"
        | "os.readlink"
        | "shutil.rmtree"
        | "zipfile.ZipFile"
        | "linecache.getline"
        | "aiofiles.open"
        | "pandas.read_csv"
        | "numpy.loadtxt"
        | "fileinput.input"
        | "glob.glob"
        | "tempfile.mkdtemp"
        | "flask.send_file"
        | "django.http.FileResponse"
        | "fastapi.responses.FileResponse"
        | "aiohttp.web.FileResponse"
        | "anyio.open_file"
        | "os.path.getsize"
        | "os.truncate"
        | "shutil.make_archive"
        | "PIL.Image.open"
        | "django.views.static.serve"
        | "gzip.open"
        | "bz2.open"
        | "tarfile.TarFile"
        | "os.utime"
        | "cv2.imread"
        | "flask.Flask().open_resource"
        | "sanic.response.file"
        | "sanic.response.file_stream"
        | "sanic.file"
        | "sanic.file_stream"
        | "pyramid.response.FileResponse"
        | "litestar.response.File"
        | "cherrypy.lib.static.serve_file"
        | "io.FileIO"
        | "lzma.open"
        | "os.chdir"
        | "os.mkfifo"
        | "pandas.read_json"
        | "pandas.read_excel"
        | "pandas.read_parquet"
        | "numpy.genfromtxt"
        | "numpy.fromfile"
        | "numpy.savetxt" => &[(W::Path, Arg(0, "file")), (W::Path, Arg(0, "path"))],
        "os.rename" | "os.renames" | "os.replace" | "os.link" | "os.symlink" | "shutil.copy" | "shutil.copy2"
        | "shutil.copyfile" | "shutil.copytree" | "shutil.move" => {
            &[(W::Path, Arg(0, "src")), (W::Path, Arg(1, "dst"))]
        }
        "shutil.unpack_archive" => &[(W::Archive, Arg(0, "filename")), (W::Path, Arg(1, "extract_dir"))],
        "tarfile.open" => &[(W::Path, Arg(0, "name"))],
        "bottle.static_file" => &[],
        "flask.render_template_string"
        | "jinja2.Template"
        | "mako.template.Template"
        | "django.template.Template"
        | "bottle.template"
        | "bottle.SimpleTemplate"
        | "bottle.jinja2_template"
        | "bottle.mako_template"
        | "bottle.cheetah_template"
        | "tornado.template.Template"
        | "jinja2.Environment().from_string"
        | "chameleon.PageTemplate"
        | "airspeed.Template"
        | "Cheetah.Template.Template"
        | "trender.TRender"
        | "flask.stream_template_string"
        | "genshi.template.MarkupTemplate" => &[(W::Template, Arg(0, "source"))],
        "flask.redirect"
        | "django.shortcuts.redirect"
        | "django.http.HttpResponseRedirect"
        | "django.http.HttpResponsePermanentRedirect"
        | "bottle.redirect"
        | "fastapi.responses.RedirectResponse"
        | "aiohttp.web.HTTPFound"
        | "aiohttp.web.HTTPSeeOther"
        | "aiohttp.web.HTTPMovedPermanently"
        | "aiohttp.web.HTTPTemporaryRedirect"
        | "pyramid.httpexceptions.HTTPFound"
        | "sanic.response.redirect"
        | "webob.exc.HTTPFound"
        | "aiohttp.web.HTTPPermanentRedirect"
        | "cherrypy.HTTPRedirect"
        | "falcon.HTTPFound"
        | "falcon.HTTPSeeOther"
        | "falcon.HTTPMovedPermanently"
        | "falcon.HTTPTemporaryRedirect"
        | "falcon.HTTPPermanentRedirect"
        | "pyramid.httpexceptions.HTTPSeeOther"
        | "pyramid.httpexceptions.HTTPMovedPermanently"
        | "pyramid.httpexceptions.HTTPTemporaryRedirect"
        | "webob.exc.HTTPSeeOther"
        | "webob.exc.HTTPMovedPermanently"
        | "webob.exc.HTTPTemporaryRedirect"
        | "litestar.response.Redirect"
        | "web.seeother"
        | "web.found"
        | "web.redirect"
        | "web.tempredirect"
        | "blacksheep.redirect"
        | "microdot.redirect"
        | "sanic.redirect" => {
            &[(W::Redirect, Arg(0, "location")), (W::Redirect, Arg(0, "url")), (W::Redirect, Arg(0, "path"))]
        }
        "requests.get"
        | "requests.post"
        | "requests.put"
        | "requests.delete"
        | "requests.patch"
        | "requests.head"
        | "requests.options"
        | "httpx.get"
        | "httpx.post"
        | "httpx.put"
        | "httpx.delete"
        | "httpx.patch"
        | "httpx.head"
        | "urllib.request.urlopen"
        | "urllib.request.urlretrieve"
        | "urllib.urlretrieve"
        | "http.client.HTTPConnection"
        | "http.client.HTTPSConnection"
        | "httplib.HTTPConnection"
        | "urllib3.request"
        | "wget.download"
        | "pycurl.Curl().setopt"
        | "feedparser.parse"
        | "websocket.create_connection"
        | "websockets.connect"
        | "socket.create_connection"
        | "pdfkit.from_url"
        | "imgkit.from_url"
        | "urllib.request.Request" => &[(W::Ssrf, Arg(0, "url")), (W::Ssrf, Arg(0, "host"))],
        "weasyprint.HTML" => &[(W::Ssrf, Arg(9, "url"))],
        "requests.request" | "httpx.request" | "httpx.stream" => &[(W::Ssrf, Arg(1, "url"))],
        "django.http.HttpResponse"
        | "django.http.HttpResponseBadRequest"
        | "django.http.HttpResponseNotFound"
        | "django.http.HttpResponseForbidden"
        | "django.http.HttpResponseServerError"
        | "fastapi.responses.HTMLResponse"
        | "sanic.response.html"
        | "sanic.html"
        | "blacksheep.html"
        | "streamlit.components.v1.html"
        | "streamlit.html"
        | "pyramid.response.Response"
        | "webob.Response"
        | "django.http.response.HttpResponse" => {
            &[(W::Xss, Arg(0, "content")), (W::Xss, Arg(0, "body")), (W::Xss, Arg(0, "text"))]
        }
        "markupsafe.Markup"
        | "flask.Markup"
        | "django.utils.html.format_html"
        | "django.utils.safestring.mark_safe"
        | "django.utils.safestring.SafeString"
        | "jinja2.Markup"
        | "django.utils.html.mark_safe"
        | "wtforms.widgets.HTMLString"
        | "webhelpers.html.literal" => &[(W::Xss, Arg(0, "s"))],
        "pickle.loads"
        | "pickle.load"
        | "pickle.Unpickler"
        | "dill.loads"
        | "dill.load"
        | "cloudpickle.loads"
        | "cloudpickle.load"
        | "marshal.loads"
        | "marshal.load"
        | "jsonpickle.decode"
        | "jsonpickle.loads"
        | "shelve.open"
        | "yaml.unsafe_load"
        | "yaml.unsafe_load_all"
        | "yaml.full_load"
        | "torch.load"
        | "joblib.load"
        | "pandas.read_pickle"
        | "yaml.load_all"
        | "_pickle.loads"
        | "pickle._loads"
        | "hickle.load"
        | "cPickle.load"
        | "ruamel.yaml.load"
        | "jsonpickle.unpickler.decode"
        | "sklearn.externals.joblib.load"
        | "numpy.load"
        | "rasa.shared.utils.io.read_yaml" => &[(W::Deserialise, Arg(0, "data")), (W::Deserialise, Arg(0, "f"))],
        "re.compile" | "re.match" | "re.search" | "re.fullmatch" | "re.findall" | "re.finditer" | "re.split"
        | "re.sub" | "regex.match" | "regex.search" | "re.subn" => &[(W::Regex, Arg(0, "pattern"))],
        "elementpath.select" | "elementpath.iter_select" => &[(W::Xpath, Arg(1, "path"))],
        "lxml.etree.XPath" | "lxml.etree.ETXPath" | "elementpath.Selector" | "libxml2.xpathEval" => {
            &[(W::Xpath, Arg(0, "path"))]
        }
        "psycopg2.sql.SQL"
        | "sqlalchemy.text"
        | "sqlalchemy.sql.text"
        | "sqlalchemy.sql.expression.text"
        | "django.db.models.expressions.RawSQL"
        | "sqlalchemy.literal_column"
        | "pandas.read_sql"
        | "pandas.read_sql_query"
        | "peewee.SQL"
        | "django.db.connection.cursor().execute"
        | "peewee.RawQuery"
        | "pony.orm.raw_sql" => &[(W::Sql, Arg(0, "sql"))],
        "csv.writer().writerow"
        | "csv.writer().writerows"
        | "csv.DictWriter().writerow"
        | "csv.DictWriter().writerows"
        | "unicodecsv.writer().writerow"
        | "unicodecsv.writer().writerows" => &[(W::Cell, Arg(0, "row"))],
        "builtins.float" | "builtins.complex" => &[(W::Number, Arg(0, "x"))],
        "twilio.rest.Client().calls.create"
        | "twilio.rest.Client().calls().update"
        | "twilio.rest.Client().conferences().participants.create" => &[(W::Markup, Arg(9, "twiml"))],
        "flask.session.__setitem__" => &[(W::Trust, Any)],
        "smtplib.SMTP().sendmail" => &[(W::Mail, Arg(2, "msg"))],
        "django.core.mail.send_mail" => &[(W::Mail, Arg(0, "subject")), (W::Mail, Arg(8, "html_message"))],
        "django.core.mail.mail_admins" | "django.core.mail.mail_managers" => &[(W::Mail, Arg(4, "html_message"))],
        "django.core.mail.EmailMultiAlternatives().attach_alternative" => &[(W::Mail, Arg(0, "content"))],
        _ => &[],
    }
}
