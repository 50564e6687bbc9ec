package dev.poolwright.lab.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * A setting of the server that is other than it was, until closed. The change is in force for every connect that begins
 * after it was made, and out of force for every one that begins after the close. One thread at a time.
 */
public final class ChangedSetting implements AutoCloseable {

    /** Times 10 ms: how long a reload may take. Signals arrive within one or two; 5 s is a server in trouble. */
    private static final int MOST_LOOKS = 500;

    private final Connection session;
    private final String name;
    private final Optional<String> writtenBefore;
    private final String effectiveBefore;

    private ChangedSetting(Connection session, String name, Optional<String> writtenBefore, String effectiveBefore) {
        this.session = session;
        this.name = name;
        this.writtenBefore = writtenBefore;
        this.effectiveBefore = effectiveBefore;
    }

    /** Keeps its session, so that putting back needs no connect: connects may be what the setting hinders. */
    static ChangedSetting change(DatabaseUrl url, String name, String value) throws SQLException {
        Connection session = url.open("poolwright:setting", Duration.ofSeconds(10));
        try {
            ChangedSetting setting =
                    new ChangedSetting(session, name, written(session, name), effective(session, name));
            setting.write(Optional.of(value), value);
            return setting;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    /** Puts back what was there; @throws ServerRefusal when the server does not take it */
    @Override
    public void close() {
        try (session) {
            if (!session.isClosed()) {
                write(writtenBefore, effectiveBefore);
            }
        } catch (SQLException e) {
            throw new ServerRefusal(
                    new Problem(
                            "setting " + name + " is not back at " + effectiveBefore + ": " + e.getMessage(),
                            "alter system reset " + name + "; select pg_reload_conf()"),
                    e);
        }
    }

    private void write(Optional<String> value, String effective) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(
                    value.isPresent()
                            ? "alter system set " + name + " = " + literal(value.get())
                            : "alter system reset " + name);
            statement.execute("select pg_reload_conf()");
            // The first process rereads before it tells the others, so what this session sees holds for new ones too.
            for (int look = 0; look < MOST_LOOKS; look++) {
                if (effective(session, name).equals(effective)) {
                    return;
                }
                statement.execute("select pg_sleep(0.01)");
            }
        }
        throw new SQLException(
                "setting " + name + " is " + effective(session, name) + " and not " + effective + " after a reload");
    }

    private static String effective(Connection session, String name) throws SQLException {
        return Sql.text(session, "select setting from pg_settings where name = ?", name)
                .orElse("");
    }

    private static Optional<String> written(Connection session, String name) throws SQLException {
        return Sql.text(
                session,
                "select setting from pg_file_settings where name = ? and sourcefile like '%postgresql.auto.conf' order by seqno desc limit 1",
                name);
    }

    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
