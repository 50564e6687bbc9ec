package dev.poolwright.model.plan;

/**
 * The rate beyond which a load must queue without bound: what its connections can serve, or what the server's cores can,
 * whichever is less. Little's law: connections ÷ mean hold (FACTS 1.1).
 *
 * @param perSecond operations a second
 * @param boundBy a sentence with the figures
 */
record Knee(double perSecond, String boundBy) {}
