package dev.poolwright.lab.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Short forms of what this package asks a server. Texts are ours; what comes from outside goes in as a parameter or quoted. */
final class Sql {

    private Sql() {}

    static void run(Connection session, String... statements) throws SQLException {
        try (Statement statement = session.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    /** The first column of every row, as text; null as the empty text. */
    static List<String> column(Connection session, String query, String... parameters) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<String> column = new ArrayList<>();
                while (rows.next()) {
                    String value = rows.getString(1);
                    column.add(value == null ? "" : value);
                }
                return column;
            }
        }
    }

    static Optional<String> text(Connection session, String query, String... parameters) throws SQLException {
        return column(session, query, parameters).stream().findFirst();
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
