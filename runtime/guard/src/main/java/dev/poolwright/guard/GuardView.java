package dev.poolwright.guard;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The bean that stands in the platform's register while its guard is not closed. */
final class GuardView implements GuardMXBean {

    private static final int MOST_OF_A_NAME = 100;

    private final Guard guard;

    GuardView(Guard guard) {
        this.guard = guard;
    }

    /** @return the name it stands under: the guard's, and a number where others have that name */
    static ObjectName register(Guard guard) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        String name = guard.settings().name();
        for (int number = 1; number <= MOST_OF_A_NAME; number++) {
            ObjectName tried = new ObjectName(
                    "dev.poolwright:type=Guard,name=" + ObjectName.quote(number == 1 ? name : name + "-" + number));
            if (!server.isRegistered(tried)) {
                server.registerMBean(new GuardView(guard), tried);
                return tried;
            }
        }
        throw new InstanceAlreadyExistsException(name + ": " + MOST_OF_A_NAME + " guards have this name");
    }

    static void unregister(ObjectName name) throws JMException {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    }

    @Override
    public String getState() {
        return guard.snapshot().state().name();
    }

    @Override
    public int getLimit() {
        return guard.settings().limit();
    }

    @Override
    public void setLimit(int limit) {
        guard.change(guard.settings().toBuilder().limit(limit).build());
    }

    @Override
    public int getInUse() {
        return guard.snapshot().load().inUse();
    }

    @Override
    public int getWaiting() {
        return guard.snapshot().load().waiting();
    }

    @Override
    public long getBorrowed() {
        return guard.snapshot().counts().borrowed();
    }

    @Override
    public long getFailed() {
        return guard.snapshot().counts().failed();
    }

    @Override
    public Map<String, Long> getRefused() {
        return named(guard.snapshot().refused());
    }

    @Override
    public Map<String, Long> getWouldHaveRefused() {
        return named(guard.snapshot().wouldHaveRefused());
    }

    private static Map<String, Long> named(Map<Refusal, Long> counts) {
        Map<String, Long> named = new TreeMap<>();
        counts.forEach((refusal, count) -> named.put(refusal.name(), count));
        return named;
    }

    @Override
    public Map<String, String> getModes() {
        Map<String, String> modes = new LinkedHashMap<>();
        for (Decision decision : Decision.values()) {
            modes.put(decision.name(), guard.settings().mode(decision).name());
        }
        return modes;
    }

    @Override
    public void setMode(String decision, String mode) {
        guard.mode(Decision.valueOf(decision), Mode.valueOf(mode));
    }

    @Override
    public Map<String, Integer> getWaiters() {
        Map<String, Integer> waiters = new LinkedHashMap<>();
        guard.settings().classes().forEach(each -> waiters.put(each.name(), each.waiters()));
        return waiters;
    }

    @Override
    public void setWaiters(String callerClass, int waiters) {
        guard.settings().classOf(callerClass);
        guard.change(guard.settings().toBuilder()
                .classes(guard.settings().classes().stream()
                        .map(each -> each.name().equals(callerClass)
                                ? new CallerClass(each.name(), each.reserved(), waiters)
                                : each)
                        .toArray(CallerClass[]::new))
                .build());
    }

    @Override
    public List<String> holders() {
        return guard.holders().stream()
                .map(each -> each.id() + ": " + each.held().toMillis() + " ms, " + each.thread() + ", " + each.place())
                .toList();
    }

    @Override
    public boolean reclaim(int id) {
        try {
            return guard.reclaim(id);
        } catch (SQLException e) {
            throw new IllegalStateException("reclaimed, but the pool's close failed: " + e.getMessage(), e);
        }
    }
}
