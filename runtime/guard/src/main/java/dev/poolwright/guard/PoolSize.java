package dev.poolwright.guard;

import dev.poolwright.policy.admission.Shares;
import java.lang.reflect.Method;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads how many connections a pool may have, by the getter that its library has for it. */
final class PoolSize {

    /** The answer when it cannot be read, or the pool has no bound. */
    static final int UNKNOWN = 0;

    /** HikariCP; DBCP 2; Tomcat JDBC and Druid; c3p0 and Oracle UCP. */
    private static final List<String> GETTERS =
            List.of("getMaximumPoolSize", "getMaxTotal", "getMaxActive", "getMaxPoolSize");

    /** Agroal has it two objects deep. */
    private static final List<String> AGROAL = List.of("getConfiguration", "connectionPoolConfiguration", "maxSize");

    private final DataSource pool;
    private final @Nullable List<String> path;

    private PoolSize(DataSource pool, @Nullable List<String> path) {
        this.pool = pool;
        this.path = path;
    }

    static PoolSize of(DataSource pool) {
        for (String getter : GETTERS) {
            if (has(pool, getter)) {
                return new PoolSize(pool, List.of(getter));
            }
        }
        return new PoolSize(pool, has(pool, AGROAL.get(0)) ? AGROAL : null);
    }

    private static boolean has(DataSource pool, String getter) {
        for (Method method : pool.getClass().getMethods()) {
            if (method.getName().equals(getter) && method.getParameterCount() == 0) {
                return true;
            }
        }
        return false;
    }

    /** The size now, or {@link #UNKNOWN}. */
    int read() {
        if (path == null) {
            return UNKNOWN;
        }
        try {
            Object at = pool;
            for (String getter : path) {
                at = publicMethod(at.getClass(), getter).invoke(at);
            }
            int size = at instanceof Number number ? number.intValue() : UNKNOWN;
            return size < 1 || size > Shares.MOST ? UNKNOWN : size;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return unreadable(e);
        }
    }

    /** A getter that throws, or that may not be called, tells nothing. */
    private static int unreadable(Exception why) {
        System.getLogger("dev.poolwright.guard").log(System.Logger.Level.DEBUG, "the pool's size cannot be read", why);
        return UNKNOWN;
    }

    /** The method where a caller may use it: an interface or class that is public. */
    private static Method publicMethod(Class<?> type, String name) throws NoSuchMethodException {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Class<?> face : each.getInterfaces()) {
                if (java.lang.reflect.Modifier.isPublic(face.getModifiers()) && declares(face, name)) {
                    return face.getMethod(name);
                }
            }
            if (java.lang.reflect.Modifier.isPublic(each.getModifiers()) && declares(each, name)) {
                return each.getMethod(name);
            }
        }
        throw new NoSuchMethodException(type.getName() + "." + name);
    }

    private static boolean declares(Class<?> type, String name) {
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == 0) {
                return true;
            }
        }
        return false;
    }
}
