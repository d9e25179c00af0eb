"""Simulated surroundings of a rollout: the world, the router from tool name to simulator, the simulators."""

from simulators.answer import Answer, Call, Simulator
from simulators.router import Router
from simulators.tree import Node, Tree
from simulators.world import World

__all__ = ["Answer", "Call", "Node", "Router", "Simulator", "Tree", "World"]
