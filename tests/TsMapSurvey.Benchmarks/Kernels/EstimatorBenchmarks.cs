using BenchmarkDotNet.Attributes;
using TsMapSurvey.Benchmarks.Peer;
using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Testing;

namespace TsMapSurvey.Benchmarks.Kernels;

/// <summary>The steps of the estimator on the shared data.</summary>
[MemoryDiagnoser]
public class EstimatorBenchmarks
{
    private MapDataset? _dataset;
    private TsMapEstimator? _estimator;
    private EstimatorKernels? _kernels;

    [Params("full", "gauss")]
    public string Case { get; set; } = "full";

    [GlobalSetup]
    public void Setup()
    {
        var one = PeerCase.Named(Case);
        _dataset = MapDatasetFile.Read(Shared.Path(one.Dataset.Split('/')));
        _estimator = new TsMapEstimator(one.Options);
        _kernels = _estimator.EstimateKernels([_dataset]);
    }

    [Benchmark]
    public EstimatorKernels Kernels() => _estimator!.EstimateKernels([_dataset!]);

    [Benchmark]
    public FluxMaps InputsAndFit() => _estimator!.Run([_dataset!], _kernels!);
}
