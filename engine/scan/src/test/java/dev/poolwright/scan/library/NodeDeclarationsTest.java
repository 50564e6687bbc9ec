package dev.poolwright.scan.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeDeclarationsTest {

    @TempDir
    private Path root;

    private DeclaredTree tree = new DeclaredTree(Path.of(""));

    @BeforeEach
    void tree() {
        tree = new DeclaredTree(root);
    }

    @Test
    void packageJsonSaysWhatIsAllowed() throws IOException {
        tree.file("package.json", """
                {
                  "dependencies": { "pg": "^8.11.0", "postgres": "3.4.4", "left-pad": "1.0.0" },
                  "devDependencies": { "prisma": "latest" }
                }
                """);
        assertThat(tree.found())
                .containsExactly(": pg 8.11.0+ line 2", ": postgres.js 3.4.4 line 2", ": prisma + line 3");
    }

    @Test
    void npmLocksAreReadInBothForms() throws IOException {
        tree.file("new/package-lock.json", """
                {
                  "packages": {
                    "": { "dependencies": { "pg": "^8" } },
                    "apps/api/node_modules/knex": {
                      "version": "3.1.0"
                    },
                    "node_modules/pg": {
                      "version": "8.11.3",
                      "resolved": "x"
                    },
                    "node_modules/x/node_modules/pg": {
                      "version": "7.0.0"
                    }
                  }
                }
                """).file("old/package-lock.json", """
                {
                  "dependencies": {
                    "mysql2": {
                      "version": "3.9.1"
                    }
                  }
                }
                """);
        assertThat(tree.found())
                .containsExactly(
                        "new/apps/api: knex 3.1.0 line 5", "new: pg 8.11.3 line 8", "old: mysql2 3.9.1 line 4");
    }

    @Test
    void yarnLocksAreReadInBothFormsUnlessALibraryIsThereTwice() throws IOException {
        tree.file("a/yarn.lock", """
                pg@^8.7.1, pg@^8.8.0:
                  version "8.8.0"
                  resolved "x"

                knex@1.0.0:
                  version "1.0.0"

                knex@^2.0.0:
                  version "2.4.0"
                """).file("b/yarn.lock", """
                "@prisma/client@npm:^5.0.0":
                  version: 5.1.1
                """);
        assertThat(tree.found()).containsExactly("a: pg 8.8.0 line 2", "b: @prisma/client 5.1.1 line 2");
    }

    @Test
    void pnpmLocksSayWhichFolderHasWhich() throws IOException {
        tree.file("pnpm-lock.yaml", """
                lockfileVersion: '9.0'
                importers:
                  .:
                    dependencies:
                      pg:
                        specifier: 'catalog:'
                        version: 8.11.3
                  apps/api:
                    devDependencies:
                      '@prisma/client':
                        specifier: ^5.0.0
                        version: 5.1.1(prisma@5.1.1)
                packages:
                  knex@3.0.0:
                    version: 3.0.0
                """).file("old/pnpm-lock.yaml", "dependencies:\n  knex: 2.4.2_pg@8.0.0\n");
        assertThat(tree.found())
                .containsExactly(
                        "old: knex 2.4.2 line 2", ": pg 8.11.3 line 7", "apps/api: @prisma/client 5.1.1 line 12");
    }
}
