//! `plan`: what would be let in, in which order, and why the rest is not.

use aetherra_maint::incorporation::deployment::{keep_plan, make_plan, settle};
use aetherra_maint::incorporation::planner::{GraphFormat, Options, Wish};
use aetherra_maint::report::Answer;
use aetherra_maint::report::plan::PlanReport;
use aetherra_maint::{Error, Result};

use crate::session::Session;

/// Flags of `plan`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only these components, by id or name
    #[arg(long, value_name = "COMPONENT")]
    only: Vec<String>,
    /// All but these components, by id or name
    #[arg(long, value_name = "COMPONENT")]
    exclude: Vec<String>,
    /// Take what has to be reviewed as well; `integrate --approve` lets it in
    #[arg(long)]
    with_review: bool,
    /// Take what is unproven as well; `integrate --approve` lets it in
    #[arg(long)]
    with_experimental: bool,
    /// Say all about one component, by id or name
    #[arg(long, value_name = "COMPONENT", conflicts_with_all = ["diff", "graph"])]
    explain: Option<String>,
    /// Show what would change in what is deployed
    #[arg(long, conflicts_with = "graph")]
    diff: bool,
    /// Draw components and what they need
    #[arg(long, value_enum, value_name = "mermaid|dot")]
    graph: Option<Picture>,
}

/// The languages of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Picture {
    /// For pages
    Mermaid,
    /// For Graphviz
    Dot,
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    let is_kept = !session.globals.dry_run;
    let mut store = if is_kept { session.open_to_write()? } else { session.open_to_read()? };
    let mut context = session.context(&mut store);
    let recovered = if is_kept { settle(&mut context)? } else { None };
    let plan = make_plan(&context, &args.options())?;
    let audit = if is_kept { Some(keep_plan(&mut context, &plan)?) } else { None };
    let next = if plan.is_empty() || !is_kept { Vec::new() } else { vec!["aetherra-maint integrate".to_owned()] };
    let mut report = PlanReport::new(plan, is_kept);
    if args.diff {
        report = report.with_diff(&store.generation_deployed()?.1);
    }
    if let Some(picture) = args.graph {
        report = report.with_graph(if picture == Picture::Dot { GraphFormat::Dot } else { GraphFormat::Mermaid });
    }
    if let Some(name) = &args.explain
        && !report.explain(name)
    {
        return Err(Error::usage("component-unknown", format!("the plan knows no component `{name}`"))
            .hinted("`aetherra-maint plan -v` lists all; a component is its folder or file, or its name"));
    }
    let diagnostics = recovered.iter().map(|recovery| recovery.diagnostic()).collect();
    Ok(Answer { audit, next, diagnostics, ..Answer::new(report) })
}

impl Args {
    fn options(&self) -> Options {
        let wish = |include: bool| if include { Wish::Include } else { Wish::LeaveOut };
        Options {
            reviewed: wish(self.with_review),
            experimental: wish(self.with_experimental),
            only: self.only.iter().cloned().collect(),
            exclude: self.exclude.iter().cloned().collect(),
            ..Options::default()
        }
    }
}
