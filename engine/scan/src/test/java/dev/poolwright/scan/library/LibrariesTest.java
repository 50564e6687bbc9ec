package dev.poolwright.scan.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.tree.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {

    @TempDir
    private Path root;

    private DeclaredTree tree = new DeclaredTree(Path.of(""));

    @BeforeEach
    void tree() {
        tree = new DeclaredTree(root);
    }

    @Test
    void theNearestFolderAboveAFileCounts() throws IOException {
        Project project = tree.file("requirements.txt", "sqlalchemy==1.4.0\n")
                .file("api/requirements.txt", "sqlalchemy==2.0.0\n")
                .file("api/app/main.py", "")
                .file("jobs/main.py", "")
                .read();
        Libraries libraries = Libraries.of(project);
        assertThat(libraries.version(file(project, "api/app/main.py"), "sqlalchemy"))
                .isEqualTo("2.0.0");
        assertThat(libraries.version(file(project, "jobs/main.py"), "sqlalchemy"))
                .isEqualTo("1.4.0");
        assertThat(libraries.uses(file(project, "jobs/main.py"), "django")).isFalse();
        assertThat(libraries.version(file(project, "jobs/main.py"), "django")).isEmpty();
    }

    @Test
    void aNeighboursDeclarationDoesNotCount() throws IOException {
        Project project = tree.file("api/requirements.txt", "sqlalchemy==2.0.0\n")
                .file("api2/main.py", "")
                .read();
        assertThat(Libraries.of(project).uses(file(project, "api2/main.py"), "sqlalchemy"))
                .isFalse();
    }

    @Test
    void whatIsLockedComesBeforeWhatIsAllowed() throws IOException {
        Project project = tree.file("pyproject.toml", "[project]\ndependencies = [\"sqlalchemy>=2.0\"]\n")
                .file("uv.lock", "[[package]]\nname = \"sqlalchemy\"\nversion = \"2.0.36\"\n")
                .file("main.py", "")
                .read();
        assertThat(Libraries.of(project).of(file(project, "main.py"), "sqlalchemy"))
                .hasValueSatisfying(one -> {
                    assertThat(one.version()).isEqualTo("2.0.36");
                    assertThat(one.exact()).isTrue();
                });
    }

    @Test
    void aLockFurtherUpCountsForItsWorkspacesUnlessItIsOfAnotherMajor() throws IOException {
        Project project = tree.file("yarn.lock", "pg@^8.0.0:\n  version \"8.11.3\"\n")
                .file("apps/api/package.json", "{\"dependencies\": {\"pg\": \"^8.0.0\"}}")
                .file("apps/api/db.js", "")
                .file("apps/old/package.json", "{\"dependencies\": {\"pg\": \"^7.0.0\"}}")
                .file("apps/old/db.js", "")
                .read();
        assertThat(Libraries.of(project).version(file(project, "apps/api/db.js"), "pg"))
                .isEqualTo("8.11.3");
        assertThat(Libraries.of(project).version(file(project, "apps/old/db.js"), "pg"))
                .isEqualTo("7.0.0");
    }

    @Test
    void stacksThatNoReaderKnowsAreNamedWhereTheyTalkToADatabase() throws IOException {
        Project project = tree.file("go.mod", "require github.com/jackc/pgx/v5 v5.5.0\n")
                .file("main.go", "")
                .file("store/store.go", "")
                .file("ruby/Gemfile", "gem 'rake'\n")
                .file("ruby/app.rb", "")
                .file("cs/App.csproj", "<PackageReference Include=\"Npgsql\" Version=\"8.0.0\" />\n")
                .file("cs/App.cs", "")
                .read();
        assertThat(Unread.in(project))
                .containsExactly("Go: 2 files (pgx is not read yet)", ".NET: 1 file (Npgsql is not read yet)");
    }

    private static SourceFile file(Project project, String name) {
        return project.file(name).orElseThrow();
    }
}
