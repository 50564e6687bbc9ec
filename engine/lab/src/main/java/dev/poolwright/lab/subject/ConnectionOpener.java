package dev.poolwright.lab.subject;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens one connection to the server. Thread-safe; blocks as long as the driver does. */
@FunctionalInterface
interface ConnectionOpener {
    Connection open() throws SQLException;
}
