using TsMapSurvey.Benchmarks.Peer;

return args switch
{
    ["estimator", var name, .. var rest] => Time(name, rest),
    ["stages", var which] => Stages(which),
    _ => Usage(),
};

static int Time(string name, string[] rest)
{
    var repeats = rest is [var count, ..] ? int.Parse(count) : 15;
    var threads = rest is [_, var number] ? int.Parse(number) : Environment.ProcessorCount;
    foreach (var one in name == "all" ? PeerCase.All : [PeerCase.Named(name)])
    {
        var (first, median) = EstimatorTimes.Of(one, repeats, threads);
        Console.WriteLine($"{one.Name,-16} first {first:0.0000} s  median {median:0.00000} s");
    }

    return 0;
}

static int Stages(string which)
{
    var one = PeerCase.Named(which);
    var dataset = TsMapSurvey.Maps.Gadf.MapDatasetFile.Read(TsMapSurvey.Testing.Shared.Path(one.Dataset.Split('/')));
    var options = one.Options with { NJobs = 1 };
    var estimator = new TsMapSurvey.Maps.Estimators.TsMapEstimator(options);
    double mk = 1e9, mi = 1e9, ms = 1e9, mf = 1e9;
    for (var i = 0; i < 40; i++)
    {
        var w = System.Diagnostics.Stopwatch.StartNew();
        var kernels = estimator.EstimateKernels([dataset]);
        var tk = w.Elapsed.TotalMilliseconds; 
        var groups = TsMapSurvey.Maps.Estimators.EnergyGroups.Create(dataset.Energy, options).Bins;
        double ti = 0, ts = 0, tf = 0;
        for (var g = 0; g < groups.Length; g++)
        {
            w.Restart();
            var inputs = TsMapSurvey.Maps.Estimators.Fitting.FitInputs.Create([dataset], [dataset], kernels.Of(g), options, groups[g]);
            ti += w.Elapsed.TotalMilliseconds; w.Restart();
            var sums = TsMapSurvey.Maps.Estimators.Fitting.WindowSums.Create<TsMapSurvey.Likelihood.Lanes.Lanes512>(inputs.Layers, dataset.Grid.Region, new ParallelOptions { MaxDegreeOfParallelism = 1 });
            ts += w.Elapsed.TotalMilliseconds; w.Restart();
            var output = new TsMapSurvey.Maps.Estimators.Fitting.TsMapPlane(dataset.Grid.Region, options.Selection);
            var fitter = new TsMapSurvey.Maps.Estimators.Fitting.BlockFitter<TsMapSurvey.Likelihood.Lanes.Lanes512>(inputs, sums, dataset.Grid.Region, options, output);
            for (var run = 0; run < (dataset.Grid.Height + 7) / 8; run++) fitter.Fit(run * 8, Math.Min(8, dataset.Grid.Height - run * 8));
            tf += w.Elapsed.TotalMilliseconds;
            if (i == -1) Console.WriteLine($"  kernel size {inputs.Layers[0].Kernels.Size} patterns {inputs.Layers[0].Kernels.Values.Count} entries {inputs.Layers[0].Entries.Length} layers {inputs.Layers.Count} positions {inputs.Positions.Count(p => p)}");
        }
        (mk, mi, ms, mf) = (Math.Min(mk, tk), Math.Min(mi, ti), Math.Min(ms, ts), Math.Min(mf, tf));
        if (i == 39) Console.WriteLine($"{one.Name,-16} kernel {mk:0.0} inputs {mi:0.0} sums {ms:0.0} fit {mf:0.0}");
    }

    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("usage: TsMapSurvey.Benchmarks estimator CASE|all [REPEATS [THREADS]]");
    return 2;
}
