package dev.poolwright.proxy;

/**
 * A fault and whom it hits.
 *
 * @param fault what happens
 * @param share to which connections
 */
public record Hit(Fault fault, Share share) {}
