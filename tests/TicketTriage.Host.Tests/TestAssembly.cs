[assembly: Parallelizable(ParallelScope.All)]
// These tests wait more than they work: for processes, servers and clocks.
[assembly: LevelOfParallelism(6)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
