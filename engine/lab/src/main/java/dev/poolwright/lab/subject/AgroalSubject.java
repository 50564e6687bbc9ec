package dev.poolwright.lab.subject;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceMetrics;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;

/**
 * Agroal with its own defaults apart from what the settings say, and with the sorter of fatal errors that its documentation
 * gives for PostgreSQL. Opens its connections when they are needed, or its minimum in the background.
 */
final class AgroalSubject implements PoolSubject {

    private final String name;
    private final AgroalDataSource pool;

    AgroalSubject(PoolSettings settings, Login login, Properties driverProperties) {
        Refusals.check(PoolLibrary.AGROAL, settings);
        name = login.application();
        AgroalDataSourceConfigurationSupplier configuration = new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled()
                .connectionPoolConfiguration(pool -> pool.initialSize(settings.minimumIdle())
                        .minSize(settings.minimumIdle())
                        .maxSize(settings.size())
                        .acquisitionTimeout(zeroForNone(settings.acquireTimeout()))
                        .maxLifetime(zeroForNone(settings.maxLifetime()))
                        .connectionValidator(ConnectionValidator.defaultValidator())
                        .validateOnBorrow(settings.prePing())
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .connectionFactoryConfiguration(factory -> login(factory, login, driverProperties)));
        try {
            pool = AgroalDataSource.from(configuration);
        } catch (SQLException e) {
            throw new IllegalStateException("Agroal: " + e.getMessage(), e);
        }
    }

    private static AgroalConnectionFactoryConfigurationSupplier login(
            AgroalConnectionFactoryConfigurationSupplier factory, Login login, Properties driverProperties) {
        driverProperties.forEach((key, value) -> {
            if (!key.equals("user") && !key.equals("password")) {
                factory.jdbcProperty(key.toString(), value.toString());
            }
        });
        return factory.jdbcUrl(login.jdbcUrl())
                .principal(new NamePrincipal(login.user()))
                .credential(new SimplePassword(login.password()));
    }

    /** Agroal writes "no limit" as zero. */
    private static Duration zeroForNone(Duration limit) {
        return limit.equals(PoolSettings.FOREVER) ? Duration.ZERO : limit;
    }

    @Override
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public Counts counts() {
        AgroalDataSourceMetrics metrics = pool.getMetrics();
        int inUse = Math.toIntExact(Math.max(0, metrics.activeCount()));
        int idle = Math.toIntExact(Math.max(0, metrics.availableCount()));
        return new Counts(inUse, inUse + idle, Math.toIntExact(Math.max(0, metrics.awaitingCount())));
    }

    /** {@code SQLException: Sorry, acquisition timeout!}, without a state and a cause of its own. */
    @Override
    public boolean isTimeout(Throwable failure, String state) {
        return failure instanceof SQLException
                && String.valueOf(failure.getMessage()).contains("acquisition timeout");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        pool.close();
    }
}
