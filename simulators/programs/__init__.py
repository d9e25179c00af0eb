"""Simulated programs: one file (or small package) a family; every module here registers what it answers.

A program is a function from an `Invocation` to a `Completed`. The shell calls it with its arguments
after all expansion, whatever wrapper or path it was reached by.
"""

from simulators.programs.registry import Completed, Invocation, Program, load_programs, program

__all__ = ["Completed", "Invocation", "Program", "load_programs", "program"]
