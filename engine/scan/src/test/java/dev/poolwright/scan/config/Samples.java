package dev.poolwright.scan.config;

import dev.poolwright.scan.tree.Language;
import java.util.Map;

/** One valid text of each format that uses all of it: what the fuzz test changes. */
final class Samples {

    static final Map<Language, String> ALL = Map.ofEntries(
            Map.entry(Language.YAML, """
                    base: &base
                      size: 5
                      tags: [a, "b", {c: d}]
                    {{- if .Values.on }}
                    service:
                      <<: *base
                      replicas: {{ .Values.count | default 2 }}
                      name: "{{ include "x" . }}-y"
                      script: |
                        run it
                      version: @project.version@
                    {{- end }}
                    ---
                    - one
                    - {% x %}
                    """),
            Map.entry(Language.JSON, """
                    // comment
                    {"a": {"b": [1, 2.5e3, true, null, "x\\u00e9"], 'c': 'd',}, e: []}
                    """),
            Map.entry(Language.TOML, """
                    title = "x" # comment
                    [tool.poetry.dependencies]
                    python = "^3.12"
                    sqlalchemy = { version = "2.0.1", extras = ["asyncio"] }
                    'a b'.c = 1979-05-27T07:32:00Z
                    [[package]]
                    text = ""\"
                    many \\
                      lines""\"
                    raw = '''x'y'''
                    [[package]]
                    list = [
                      1, # one
                      [2, 3],
                    ]
                    """),
            Map.entry(Language.PROPERTIES, """
                    # comment
                    a.b=1
                    c : 2
                    d 3
                    long = one, \\
                       two
                    escaped\\ key = \\u00e9\\t!
                    empty
                    """),
            Map.entry(Language.INI, """
                    top = 1
                    [databases]
                    ; comment
                    app = host=db port=5432
                    [options]
                    install_requires =
                        a>=1

                        b
                    quoted: "x"
                    """),
            Map.entry(Language.XML, """
                    <?xml version="1.0"?>
                    <!DOCTYPE project [ <!ENTITY a "b"> <!-- don't --> ]>
                    <project xmlns:x='y'>
                      <!-- comment -->
                      <a b="1 &lt; 2"/><a>text &#x41; <![CDATA[<raw>]]> more</a>
                      <x:c d=""></x:c>
                    </project>
                    """),
            Map.entry(Language.HCL, """
                    # comment
                    resource "aws_db_instance" "main" {
                      size  = 5 /* five */
                      name  = "a-${var.x["y"]}-b"
                      list  = [1, "two", { a = 1, "b" : 2 }, var.x ? 1 : 2]
                      tags  = merge(local.tags, { a = "b" })
                      loop  = [for x in var.y : x.id]
                      json  = jsonencode([{ name = "app" }])
                      doc   = <<-EOT
                        text
                      EOT
                      env { name = "a" }
                      env { name = "b" }
                    }
                    """),
            Map.entry(Language.DOTENV, """
                    # comment
                    A=1
                    export B="two\\nlines
                    here"
                    C='single' # why
                    D=plain # why
                    """),
            Map.entry(Language.DOCKERFILE, """
                    # escape=\\
                    FROM python:3.12 AS base
                    ENV A=1 B="two words" \\
                        # why
                        C=3
                    RUN <<EOF
                    echo x
                    EOF
                    CMD ["gunicorn", "-w", "4"]
                    ENTRYPOINT exec java -jar 'app.jar'
                    """),
            Map.entry(Language.PROCFILE, """
                    web: gunicorn app:app
                    worker: celery -A app worker
                    """),
            Map.entry(Language.PRISMA, """
                    datasource db {
                      provider = "postgresql" // comment
                      url      = env("DATABASE_URL")
                    }
                    model User {
                      id Int @id @default(autoincrement())
                    }
                    """),
            Map.entry(Language.REQUIREMENTS, """
                    -r base.txt
                    sqlalchemy[asyncio]==2.0.1 # why
                    psycopg \\
                        --hash=sha256:00
                    """));

    private Samples() {}
}
