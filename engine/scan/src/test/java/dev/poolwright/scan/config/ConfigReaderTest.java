package dev.poolwright.scan.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceText;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What each format gives, as {@code way = text @line:column}. */
class ConfigReaderTest {

    @Test
    void yamlHasDocumentsAliasesAndMerges() throws UnreadableConfig {
        String yaml = """
                base: &base
                  size: 5
                  list: [a, 'b']
                app:
                  <<: *base
                  size: 6
                ---
                - x
                """;
        assertThat(flat(yaml, Language.YAML))
                .containsExactly(
                        "base.size = 5 @2:9",
                        "base.list[0] = a @3:10",
                        "base.list[1] = b @3:13",
                        "app.size = 6 @6:9",
                        "app.list[0] = a @3:10",
                        "app.list[1] = b @3:13",
                        "[0] = x @8:3");
    }

    @Test
    void helmTemplatesKeepTheirLinesAndTheTextOfTheirActions() throws UnreadableConfig {
        String yaml = """
                {{- if .Values.enabled }}
                metadata:
                  name: {{ include "app.name" . }}-api
                  labels:
                    {{- include "app.labels" . | nindent 4 }}
                spec:
                  {{- with .Values.strategy }}
                  strategy:
                    {{- toYaml . | nindent 4 }}
                  {{- end }}
                  replicas: {{ .Values.count | default "2" }}
                  image: "{{ .Values.image.name }}:{{ .Values.image.tag | default "x" }}"
                  hosts:
                    - {{ if .Values.tls }}https{{ else }}http{{ end }}
                  {{ .Values.key }}: {{/* a
                      comment */}} x
                  rules:
                    - {{- if .Values.a }}
                      a: 1
                      {{- end }}
                  condition: >-
                    ${{ a ||
                        b }}
                {{- end }}
                """;
        assertThat(flat(yaml, Language.YAML))
                .containsExactly(
                        "metadata.name = {{ include \"app.name\" . }}-api @3:9",
                        "metadata.labels =  @4:10",
                        "spec.strategy =  @8:12",
                        "spec.replicas = {{ .Values.count | default \"2\" }} @11:13",
                        "spec.image = {{ .Values.image.name }}:{{ .Values.image.tag | default \"x\" }} @12:10",
                        "spec.hosts[0] = {{ if .Values.tls }}https{{ else }}http{{ end }} @14:7",
                        "spec.{{ .Values.key }} = {{/* a comment */}} x @15:22",
                        "spec.rules[0].a = 1 @19:10",
                        "spec.condition = ${{ a ||\n    b }} @21:14");
    }

    @Test
    void otherTemplatesOfYamlAreToleratedToo() throws UnreadableConfig {
        String yaml = """
                {% if x %}
                version: @project.version@
                {% endif %}
                user: <%= ENV["USER"] %>
                tags: [a.${NAME}]
                mail: a@example.org
                """;
        assertThat(flat(yaml, Language.YAML))
                .containsExactly(
                        "version = @project.version@ @2:10",
                        "user = <%= ENV[\"USER\"] %> @4:7",
                        "tags[0] = a.${NAME} @5:8",
                        "mail = a@example.org @6:7");
    }

    @Test
    void jsonMayHaveCommentsAndCommasTooMany() throws UnreadableConfig {
        String json = """
                {
                  // why
                  "a": {"b": [1, "x", null,],},
                  c: 'd', /* why */
                }
                """;
        assertThat(flat(json, Language.JSON))
                .containsExactly("a.b[0] = 1 @3:15", "a.b[1] = x @3:18", "a.b[2] = null @3:23", "c = d @4:6");
    }

    @Test
    void tomlHasTablesListsOfTablesAndEveryKindOfText() throws UnreadableConfig {
        String toml = """
                title = "a \\"b\\" \\u00e9" # why
                [tool.poetry.dependencies]
                sqlalchemy = { version = "^2.0", extras = ["asyncio"] }
                "a b".c = 'raw\\n'
                [[package]]
                name = ""\"
                many \\
                   lines""\"
                [[package]]
                list = [
                  1, # one
                  [2.5],
                ]
                at = 1979-05-27 07:32:00
                [package.sub]
                x = true
                """;
        assertThat(flat(toml, Language.TOML))
                .containsExactly(
                        "title = a \"b\" é @1:9",
                        "tool.poetry.dependencies.sqlalchemy.version = ^2.0 @3:26",
                        "tool.poetry.dependencies.sqlalchemy.extras[0] = asyncio @3:44",
                        "tool.poetry.dependencies.a b.c = raw\\n @4:11",
                        "package[0].name = many lines @6:8",
                        "package[1].list[0] = 1 @11:3",
                        "package[1].list[1][0] = 2.5 @12:4",
                        "package[1].at = 1979-05-27 07:32:00 @14:6",
                        "package[1].sub.x = true @16:5");
    }

    @Test
    void propertiesSeparateContinueAndEscapeAsJavaDoes() throws UnreadableConfig {
        String properties = """
                # why
                ! why
                spring.datasource.url=jdbc:postgresql://db/app?x=1
                a : 1
                  b   2
                c = one, \\
                    two
                d\\ e\\=f = \\u00e9\\t!
                empty
                path = C:\\\\x
                """;
        assertThat(flat(properties, Language.PROPERTIES))
                .containsExactly(
                        "spring.datasource.url = jdbc:postgresql://db/app?x=1 @3:23",
                        "a = 1 @4:5",
                        "b = 2 @5:7",
                        "c = one, two @6:5",
                        "d e=f = é\t! @8:11",
                        "empty =  @9:6",
                        "path = C:\\x @10:8");
    }

    @Test
    void iniHasSectionsAndContinuedLines() throws UnreadableConfig {
        String ini = """
                top = 1
                [databases]
                ; why
                app = host=db port=5432
                [options]
                install_requires =
                    a>=1

                    b
                other: "x"
                  indented = 1
                """;
        assertThat(flat(ini, Language.INI))
                .containsExactly(
                        "top = 1 @1:7",
                        "databases.app = host=db port=5432 @4:7",
                        "options.install_requires = \na>=1\n\nb @6:19",
                        "options.other = \"x\"\nindented = 1 @10:8");
    }

    @Test
    void xmlHasAttributesTextAndRepeatedChildren() throws UnreadableConfig {
        String xml = """
                <?xml version="1.0"?>
                <!DOCTYPE project SYSTEM "x.dtd" [ <!-- don't --> ]>
                <project a="1 &lt; 2">
                  <version>
                    1.0
                  </version>
                  <item/>
                  <item b='2'>t<![CDATA[<raw>]]>&#65;</item>
                </project>
                """;
        assertThat(flat(xml, Language.XML))
                .containsExactly(
                        "project.@a = 1 < 2 @3:13",
                        "project.version.#text = 1.0 @5:5",
                        "project.item[1].@b = 2 @8:12",
                        "project.item[1].#text = t<raw>A @8:15");
        ConfigNode root =
                ConfigReader.read(SourceText.of("x", xml), Language.XML).get(0);
        assertThat(root.text("project", "version")).isEqualTo("1.0");
        assertThat(root.each("project", "item")).hasSize(2);
        assertThat(root.each("project", "version")).hasSize(1);
        assertThat(root.each("project", "none")).isEmpty();
    }

    @Test
    void hclHasBlocksByTypeAndLabelsAndKeepsTheTextOfExpressions() throws UnreadableConfig {
        String hcl = """
                # why
                resource "google_cloud_run_service" "api" {
                  name  = "api-${var.env["x"]}" // why
                  count = var.on ? 1 : 0
                  tags  = merge(local.tags, {
                    a = "b"
                  })
                  ids   = [for x in var.y : x.id]
                  list  = [1, "two", { a = 1, "b" : max(1, 2) }]
                  sum   = [1, 2][0]
                  json  = jsonencode([{ name = "app", cpu = 256 }])
                  doc   = <<-EOT
                    text
                  EOT
                  env {
                    name = "A"
                  }
                  env { name = "B" }
                }
                """;
        assertThat(flat(hcl, Language.HCL).stream()
                        .map(line -> line.replace("resource.google_cloud_run_service.api", "r")))
                .containsExactly(
                        "r.name = api-${var.env[\"x\"]} @3:11",
                        "r.count = var.on ? 1 : 0 @4:11",
                        "r.tags = merge(local.tags, {\n    a = \"b\"\n  }) @5:11",
                        "r.ids = [for x in var.y : x.id] @8:11",
                        "r.list[0] = 1 @9:12",
                        "r.list[1] = two @9:15",
                        "r.list[2].a = 1 @9:28",
                        "r.list[2].b = max(1, 2) @9:37",
                        "r.sum = [1, 2][0] @10:11",
                        "r.json[0].name = app @11:32",
                        "r.json[0].cpu = 256 @11:45",
                        "r.doc = text\n @12:11",
                        "r.env[0].name = A @16:12",
                        "r.env[1].name = B @18:16");
    }

    @Test
    void dotenvHasQuotesCommentsAndExports() throws UnreadableConfig {
        String dotenv = """
                # why
                A=1
                export B="two
                lines\\n"
                C='x # y' # why
                D=plain # why
                E=
                """;
        assertThat(flat(dotenv, Language.DOTENV))
                .containsExactly(
                        "A = 1 @2:3", "B = two\nlines\n @3:10", "C = x # y @5:3", "D = plain @6:3", "E =  @7:3");
    }

    @Test
    void aDockerfileIsAListOfInstructions() throws UnreadableConfig {
        String dockerfile = """
                FROM python:3.12 AS base
                ENV A=1 B="two words" \\
                    # why
                    C=3
                ENV OLD x y
                RUN <<EOF
                ENV NOT=this
                EOF
                CMD ["gunicorn", "-w", "4"]
                """;
        List<ConfigNode> all = ConfigReader.read(SourceText.of("Dockerfile", dockerfile), Language.DOCKERFILE)
                .get(0)
                .items();
        assertThat(all.stream().map(one -> one.text("instruction")))
                .containsExactly("FROM", "ENV", "ENV", "RUN", "CMD");
        assertThat(all.get(1).entries("pairs").values().stream().map(ConfigReaderTest::shown))
                .containsExactly("1 @2:5", "two words @2:9", "3 @4:5");
        assertThat(all.get(2).text("pairs", "OLD")).isEqualTo("x y");
        assertThat(all.get(4).items("words").stream().map(ConfigReaderTest::shown))
                .containsExactly("gunicorn @9:6", "-w @9:18", "4 @9:24");
    }

    @Test
    void aProcfileNamesCommands() throws UnreadableConfig {
        assertThat(flat("web: gunicorn app:app -w 4\n# why\nworker:  celery\n", Language.PROCFILE))
                .containsExactly("web = gunicorn app:app -w 4 @1:6", "worker = celery @3:10");
    }

    @Test
    void aPrismaSchemaHasBlocksByKindAndName() throws UnreadableConfig {
        String prisma = """
                datasource db {
                  provider = "postgresql" // why
                  url      = env("DATABASE_URL") // why
                }
                model User {
                  id Int @id
                }
                """;
        assertThat(flat(prisma, Language.PRISMA))
                .containsExactly(
                        "datasource.db.provider = postgresql @2:14",
                        "datasource.db.url = env(\"DATABASE_URL\") @3:14",
                        "model.User.id = Int @id @6:6");
    }

    @Test
    void requirementsAreLogicalLines() throws UnreadableConfig {
        String requirements = """
                -r base.txt
                # why
                sqlalchemy[asyncio]==2.0.1 # why
                psycopg \\
                    --hash=sha256:00
                """;
        assertThat(flat(requirements, Language.REQUIREMENTS))
                .containsExactly(
                        "[0] = -r base.txt @1:1",
                        "[1] = sqlalchemy[asyncio]==2.0.1 @3:1",
                        "[2] = psycopg --hash=sha256:00 @4:1");
    }

    @Test
    void whatIsUnreadableSaysWhereAndWhy() {
        assertThatThrownBy(() -> ConfigReader.read(SourceText.of("a.toml", "a = 1\nb = [1,\n"), Language.TOML))
                .isInstanceOf(UnreadableConfig.class)
                .hasMessageStartingWith("a.toml:3:1: not TOML: ");
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkChangeNothing() throws UnreadableConfig {
        assertThat(flat("\uFEFFa=1\r\nb=2\r\n", Language.PROPERTIES)).containsExactly("a = 1 @1:3", "b = 2 @2:3");
    }

    private static List<String> flat(String text, Language language) throws UnreadableConfig {
        return ConfigReader.read(SourceText.of("sample", text), language).stream()
                .flatMap(document -> document.flat().entrySet().stream())
                .map(entry -> entry.getKey() + " = " + shown(entry.getValue()))
                .collect(Collectors.toList());
    }

    private static String shown(ConfigNode node) {
        return node.text() + " @" + node.origin().line() + ":" + node.origin().column();
    }
}
