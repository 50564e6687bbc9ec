package dev.poolwright.lab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class RunDatabaseTest {

    @Test
    void isGoneAtTheEndWithItsRoleAndAllItsSessions() throws Exception {
        RunName run = Shared.name();
        RunDatabase database = Shared.database(Shared.server(), run);
        assertThat(database.placement()).isEqualTo(Placement.OWN_DATABASE);
        assertThat(database.url().user()).isEqualTo(run.onServer());
        try (Connection subject = database.url().open(run.subject("pool"), Duration.ofSeconds(5));
                Connection stray = Shared.server().url().open(run.subject("stray"), Duration.ofSeconds(5))) {
            Sql.run(subject, "create table mine (a int)", "insert into mine values (1)");
            CleanUp cleanUp = database.end();
            System.out.println("run database ended in " + cleanUp.took().toMillis() + " ms");
            assertThat(cleanUp.leftovers()).isEmpty();
            assertThat(cleanUp.removed())
                    .containsExactlyInAnyOrder("database " + run.onServer(), "role " + run.onServer());
            assertThat(subject.isValid(1)).isFalse();
            assertThat(stray.isValid(1)).isFalse();
        }
        try (Connection admin = Shared.admin()) {
            assertThat(Remains.of(run).things(admin)).isEmpty();
            assertThat(Remains.of(run).sessions(admin)).isEmpty();
        }
        assertThat(database.end()).isSameAs(database.end());
    }

    @Test
    void worksForAnAccountThatIsNoSuperuser() throws Exception {
        Shared.admin("create role creator login createdb createrole password 'pw'");
        try {
            RunDatabase database = Shared.database(Shared.as("creator"), Shared.name());
            assertThat(database.url().user()).isEqualTo(database.run().onServer());
            try (Connection subject = database.url().open(database.run().subject("pool"), Duration.ofSeconds(5))) {
                Sql.run(subject, new Evidence(database, 1, 1).insert(0, 1), "create table mine (a int)");
                assertThat(database.end().leftovers()).isEmpty();
            }
        } finally {
            Shared.admin("drop role creator");
        }
    }

    @Test
    void keepsToASchemaWhereOnlyThatIsAllowed() throws Exception {
        Shared.admin(
                "create role schema_only login createrole password 'pw'",
                "grant create on database postgres to schema_only");
        try {
            RunDatabase database = Shared.database(Shared.as("schema_only"), Shared.name());
            assertThat(database.placement()).isEqualTo(Placement.OWN_SCHEMA);
            try (Connection subject = database.url().open(database.run().subject("pool"), Duration.ofSeconds(5))) {
                Sql.run(subject, "create table mine (a int)", "insert into evidence values ('x', 1, 1)");
                assertThat(Sql.text(subject, "select current_schema()"))
                        .contains(database.run().onServer());
                assertThat(database.end().leftovers()).isEmpty();
                assertThat(database.end().removed()).hasSize(2);
            }
        } finally {
            Shared.admin("drop owned by schema_only", "drop role schema_only");
        }
    }

    @Test
    void reportsASessionThatHoldsOnAndTheDatabaseItHolds() throws Exception {
        Shared.admin("create role weak login createdb password 'pw'");
        RunDatabase database = Shared.database(Shared.as("weak"), Shared.name());
        String name = database.run().onServer();
        // Of a superuser: the run's account may not end it.
        try (Connection holder = Shared.server().url().inDatabase(name).open("holder", Duration.ofSeconds(5))) {
            assertThat(holder.isValid(1)).isTrue();
            CleanUp cleanUp = database.end();
            assertThat(cleanUp.clean()).isFalse();
            assertThat(cleanUp.leftovers().toString())
                    .contains("database " + name + " is still there")
                    .contains("of user postgres (holder) is still open")
                    .contains("the server refused: drop database");
            assertThatThrownBy(database::close)
                    .isInstanceOf(ServerRefusal.class)
                    .hasMessageContaining("still there");
        } finally {
            Shared.admin("drop database " + name + " with (force)", "drop role weak");
        }
    }

    @Test
    void reportsARoleThatSomethingElseHangsOn() throws Exception {
        RunDatabase database = Shared.database(Shared.server(), Shared.name());
        String name = database.run().onServer();
        Shared.admin("create table public.left_over (a int)", "alter table public.left_over owner to " + name);
        try {
            CleanUp cleanUp = database.end();
            assertThat(cleanUp.removed()).containsExactly("database " + name);
            assertThat(cleanUp.leftovers())
                    .first()
                    .asString()
                    .isEqualTo("role " + name + " is still there; do: drop role " + name);
        } finally {
            Shared.admin("drop table public.left_over", "drop role " + name);
        }
    }

    @Test
    void isInvalidWhenTheCleanUpTakesTooLong() {
        CleanUp late = new CleanUp(Duration.ofMillis(5001), List.of(), List.of());
        assertThat(late.clean()).isFalse();
        assertThat(late.leftovers()).singleElement().asString().contains("clean-up took 5001 ms; allowed are 5000 ms");
        assertThat(new CleanUp(Duration.ofSeconds(5), List.of(), List.of()).clean())
                .isTrue();
    }

    @Test
    void saysThatNothingCouldBeLookedUpWhenTheServerIsGone() {
        EmbeddedServer server = LabServer.embedded(new EmbeddedSettings(Shared.name(), 20, Shared.HOME), Shared.CLOCK);
        RunDatabase database = Shared.database(server, Shared.name());
        assertThat(server.stop().leftovers()).isEmpty();
        CleanUp cleanUp = database.end();
        assertThat(cleanUp.leftovers()).singleElement().asString().contains("cannot be looked up");
        assertThat(cleanUp.took()).isLessThan(CleanUp.LIMIT);
    }

    @Test
    void endsThroughANewSessionWhenItsOwnWasBroken() throws Exception {
        RunDatabase database = Shared.database(Shared.server(), Shared.name());
        Shared.admin("select pg_terminate_backend(pid) from pg_stat_activity where application_name = '"
                + database.run().keeper() + "'");
        assertThat(database.end().leftovers()).isEmpty();
    }

    @Test
    void doesNotTakeANameThatIsInUse() {
        try (RunDatabase first = Shared.database(Shared.server(), Shared.name())) {
            assertThatThrownBy(() -> Shared.database(Shared.server(), first.run()))
                    .isInstanceOf(ServerRefusal.class)
                    .hasMessageContaining("another living run is called so")
                    .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain(password()));
            assertThat(first.end().leftovers()).isEmpty();
        }
    }

    @Test
    void doesNotTakeAwayAnothersThingOfItsName() throws Exception {
        RunName run = Shared.name();
        Shared.admin("create role " + run.onServer());
        try (Connection admin = Shared.admin()) {
            assertThatThrownBy(() -> Shared.database(Shared.server(), run)).hasMessageContaining("it is there already");
            assertThat(Remains.of(run).things(admin)).containsExactly("role " + run.onServer());
        } finally {
            Shared.admin("drop role " + run.onServer());
        }
    }

    @Test
    void putsNoPasswordIntoTheServersLogOrStatements() throws Exception {
        Shared.admin("alter system set log_statement = 'all'", "select pg_reload_conf()");
        try (Connection admin = Shared.admin()) {
            assertThat(Shared.soon(() -> Sql.text(admin, "select current_setting('log_statement')")
                            .equals(Optional.of("all"))))
                    .isTrue();
            RunDatabase database = Shared.database(Shared.server(), Shared.name());
            String secret = database.url().password().orElseThrow().reveal();
            assertThat(database.end().leftovers()).isEmpty();
            String log = Files.readString(Shared.server().folder().resolve("server.log"));
            assertThat(log).contains("create role").doesNotContain(secret).doesNotContain(password());
        } finally {
            Shared.admin("alter system reset log_statement", "select pg_reload_conf()");
        }
    }

    private static String password() {
        return Shared.server().url().password().orElseThrow().reveal();
    }

    @Test
    void refusesToBeMadeAfterAPreflightWithProblems() throws SQLException {
        RunName run = Shared.name();
        Preflight refused = new GuardRails(Optional.empty()).check(Shared.server(), run, Shared.limits(1000));
        assertThatThrownBy(() -> RunDatabase.create(Shared.server(), run, refused, Shared.CLOCK))
                .hasMessageContaining("needs 1000");
        try (Connection admin = Shared.admin()) {
            assertThat(Remains.of(run).things(admin)).isEmpty();
        }
    }
}
