using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;

namespace TsMapSurvey.Estimators.Gadf;

/// <summary>
/// Writes a FluxMaps file some image rows at a time, with the same bytes as <see cref="FluxMapsFile.Write(string, FluxMaps)"/>. A file
/// that is not completed is deleted.
/// </summary>
public sealed class FluxMapsWriter : IDisposable
{
    private readonly string _path;
    private readonly MapGeometry _geometry;
    private readonly SkyModel _model;
    private readonly FitsWriter _writer;
    private readonly Dictionary<string, FitsImageParts> _images = [];
    private bool _completed;

    /// <param name="path">If it ends in .gz, the file is compressed on completion.</param>
    /// <param name="geometry">Geometry of the whole maps.</param>
    /// <param name="strip">Any strip; all must have its quantities, model and time intervals.</param>
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
    /// <param name="firstRow">Row of the whole maps, counted from 0 for the lowest.</param>
    /// <param name="strip">Maps with the full width.</param>
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

    /// <summary>Renames the temporary file to its final name and writes the model file.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the renaming; the temporary file is deleted.</exception>
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
