"""Other forms of a report: for a spreadsheet, for a document, for a slide, on paper."""

from reports.display.section import Report

FORMS = ("html", "xlsx", "csv", "md", "pdf", "png", "svg")


def written(report: Report, html: str, form: str) -> dict[str, bytes]:
    """The files of a report in one of `FORMS`, by their path; `html` is its page. PrintError where no PDF comes out."""
    from reports.forms.markdown import markdown
    from reports.forms.pdf import pdf
    from reports.forms.pictures import pictures
    from reports.forms.tables import tables
    from reports.forms.workbook import workbook

    match form:
        case "html":
            return {"page.html": html.encode()}
        case "xlsx":
            return {"report.xlsx": workbook(report)}
        case "csv":
            return {f"tables/{name}": content for name, content in tables(report).items()}
        case "md":
            return {"report.md": markdown(report).encode(), **pictures(report, "svg")}
        case "pdf":
            return {"report.pdf": pdf(html)}
        case "png" | "svg":
            return pictures(report, form)
    raise ValueError(f"{form!r} is not one of {', '.join(FORMS)}")
