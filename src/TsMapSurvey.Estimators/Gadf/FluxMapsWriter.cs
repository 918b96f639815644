using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;

namespace TsMapSurvey.Estimators.Gadf;

/// <summary>
/// A FluxMaps file written some image rows at a time: the same bytes as <see cref="FluxMapsFile.Write(string, FluxMaps)"/> gives. Unless
/// it was completed, nothing is left of it.
/// </summary>
public sealed class FluxMapsWriter : IDisposable
{
    private readonly string _path;
    private readonly MapGeometry _geometry;
    private readonly SkyModel _model;
    private readonly FitsWriter _writer;
    private readonly Dictionary<string, FitsImageParts> _images = [];
    private bool _completed;

    /// <param name="path">Compressed at the end where it ends in .gz.</param>
    /// <param name="geometry">Of the whole maps.</param>
    /// <param name="strip">Any strip: its quantities, model and time intervals are those of all.</param>
    public FluxMapsWriter(string path, MapGeometry geometry, FluxMaps strip)
    {
        (_path, _geometry, _model, _writer) = (path, geometry, strip.Model, FitsWriter.CreateInParts(path));
        try
        {
            _writer.WriteEmptyPrimary(FluxMapsFile.Primary(strip, FluxMapsFile.ModelPath(path)));
            foreach (var name in strip.Stored)
                _images[name] = MapWriter.Reserve(_writer, name.ToUpperInvariant(), strip.Find(name)!.Geometry.WithGrid(geometry.Grid),
                    strip.Find(name)!.Unit, FluxMapsFile.TypeOf(name));
            if (strip.Gti is { } gti) GtiTable.Write(_writer, gti);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Writes rows of every quantity.</summary>
    /// <param name="firstRow">Of the whole maps, 0 the lowest.</param>
    /// <param name="strip">As wide as the whole.</param>
    public void Write(int firstRow, FluxMaps strip)
    {
        foreach (var (name, image) in _images)
        {
            var map = strip.Find(name)!;
            for (var plane = 0; plane < map.Geometry.PlaneCount; plane++)
                image.Write(((long)plane * _geometry.Height + firstRow) * _geometry.Width, map.Plane(plane));
        }

        _writer.FlushToDisk();
    }

    /// <summary>Gives the file its name, and puts the model beside it.</summary>
    /// <exception cref="OperationCanceledException">Stopped before that: nothing is left.</exception>
    public void Complete(CancellationToken cancellationToken = default)
    {
        _writer.Complete(cancellationToken);
        _completed = true;
        File.WriteAllText(FluxMapsFile.ModelPath(_path), SkyModelYaml.Write(_model));
    }

    public void Dispose()
    {
        if (!_completed) _writer.Abandon();
        _writer.Dispose();
    }
}
