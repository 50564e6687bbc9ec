package dev.poolwright.guard;

import java.util.List;
import java.util.Map;

/** A guard as JMX sees it: {@code dev.poolwright:type=Guard,name="…"}. What is set here holds at once. */
public interface GuardMXBean {

    String getState();

    /** 0 is: as the pool. */
    int getLimit();

    void setLimit(int limit);

    int getInUse();

    int getWaiting();

    long getBorrowed();

    long getFailed();

    /** Refusals by reason. */
    Map<String, Long> getRefused();

    /** What would have been refused, by reason. */
    Map<String, Long> getWouldHaveRefused();

    /** Decision to mode. */
    Map<String, String> getModes();

    /** Sets the mode of one decision, by the names of {@link Decision} and {@link Mode}. */
    void setMode(String decision, String mode);

    /** How many of each class may wait, by name. */
    Map<String, Integer> getWaiters();

    /** How many callers of a class may wait. */
    void setWaiters(String callerClass, int waiters);

    /** Who holds connections, longest first, at most 20 lines. */
    List<String> holders();

    /** Takes a suspected connection from its holder; see {@link Guard#reclaim}. */
    boolean reclaim(int id);
}
